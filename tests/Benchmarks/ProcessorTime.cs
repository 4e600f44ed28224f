using System.Globalization;

namespace FundingFlows.Benchmarks;

/// <summary>How the processors of this machine spent their time, from <c>/proc/stat</c>.</summary>
internal readonly record struct ProcessorTime(long Total, long Stolen)
{
    private const int StolenPlace = 8;
    private const int Places = 9;

    public static ProcessorTime Now()
    {
        // "cpu  user nice system idle iowait irq softirq steal ...": what follows is counted in user and nice already.
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ProcessorTime(times[1..Places].Sum(Number), Number(times[StolenPlace]));
    }

    /// <summary>How much of the time since then another machine took, in per cent.</summary>
    public double StolenPercentSince(ProcessorTime then) => Total == then.Total ? 0 : 100.0 * (Stolen - then.Stolen) / (Total - then.Total);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
