namespace FundingFlows.Simulation;

/// <summary>One instance: its disk and its clock, and the life that it leads on them, which ends with every crash.</summary>
internal sealed class Place(Town town, string name)
{
    public Town Town => town;

    public string Name => name;

    public bool IsAudit => name == Map.Audit;

    /// <summary>Whether it may subscribe to news of journals: an auditor may, and who funds others.</summary>
    public bool HearsNews { get; } = name == Map.Audit || Map.Bodies.Any(body => body.Instance == name && body.Tier != Tier.NeighbourhoodForum);

    public IReadOnlyList<string> Bodies { get; } = [.. Map.Bodies.Where(body => body.Instance == name).Select(body => body.Id)];

    public VirtualDisk Disk { get; set; } = new();

    public Weather Faults => town.Weather;

    /// <summary>How wrong its clock is.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>How many times slower than others its disk and its network are.</summary>
    public int Slowness { get; set; } = 1;

    /// <summary>Whether its machine fails in the middle of its next append.</summary>
    public bool FailsWhileStoring { get; set; }

    /// <summary>Null: it is down.</summary>
    public Life? Life { get; private set; }

    /// <summary>Starts it on its disk as it is.</summary>
    public void Start()
    {
        Life = new Life(this);
        Life.Start();
    }

    /// <summary>Ends its life at once: what was not synced is gone.</summary>
    /// <param name="survives">Whether an append that was on its way is on the disk after all.</param>
    public void Crash(Func<bool> survives)
    {
        var life = Life;
        Life = null;
        life?.Crash(survives);
    }
}
