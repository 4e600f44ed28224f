using System.Globalization;

namespace FundingFlows.Simulation;

/// <summary>What happened in a run: always as one number that differs when anything does, and as sentences where somebody will read them.</summary>
internal sealed class History(VirtualScheduler scheduler, bool isKept)
{
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;
    private readonly List<string> lines = [];
    private ulong digest = Basis;

    public bool IsKept => isKept;

    public IReadOnlyList<string> Lines => lines;

    public string Digest => digest.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Notes what happened, by what distinguishes it.</summary>
    public void Count(ReadOnlySpan<byte> what)
    {
        unchecked
        {
            digest = (digest ^ (ulong)scheduler.Now) * Prime;
            foreach (var one in what)
                digest = (digest ^ one) * Prime;
        }
    }

    /// <summary>Says what happened, where that is kept.</summary>
    public void Add(string sentence)
    {
        if (isKept)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(scheduler.Now).TotalSeconds,10:F4}  {sentence}"));
    }
}
