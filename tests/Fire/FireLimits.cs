namespace FundingFlows.Fire;

/// <summary>
/// How long a run waits for what. It is far longer than it takes, for a machine that is busy with something else is not a fault; and it grows with the
/// run, for the longer it was, the more there is to be read.
/// </summary>
/// <param name="Length">How long the topology is under load and fire.</param>
internal sealed record FireLimits(TimeSpan Length)
{
    /// <summary>From the start of the first process until the load can begin.</summary>
    public static readonly TimeSpan SettingUp = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Ending = TimeSpan.FromMinutes(1);

    /// <summary>From the last blow until nothing is left to be done.</summary>
    public TimeSpan Settling => TimeSpan.FromMinutes(4) + (Length / 2);

    /// <summary>For all that is looked at then.</summary>
    public TimeSpan Checks => TimeSpan.FromMinutes(6) + Length;

    /// <summary>Whatever happens, it has ended by then.</summary>
    public TimeSpan Whole => SettingUp + Length + Settling + Checks + Ending;
}
