namespace FundingFlows.Fire;

/// <summary>Whether so much was done to a run that what holds after it says anything.</summary>
internal static class Enough
{
    /// <summary>A plan of that length has blows of every kind, whatever its seed (<see cref="FirePlan"/>).</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <param name="length">How long the run was under load and fire.</param>
    /// <param name="acknowledged">How many commands were acknowledged meanwhile.</param>
    /// <param name="kills">How many processes were killed.</param>
    /// <param name="pauses">How many stood still.</param>
    /// <param name="cuts">How many ways were cut, silenced or slowed.</param>
    public static IEnumerable<string> Findings(TimeSpan length, int acknowledged, int kills, int pauses, int cuts)
    {
        if (length < Length)
            yield break;
        if (acknowledged == 0)
            yield return $"No command was acknowledged in {length.TotalSeconds:0} s under fire.";
        if (kills == 0)
            yield return $"Nothing was killed in {length.TotalSeconds:0} s.";
        if (pauses == 0)
            yield return $"Nothing was paused in {length.TotalSeconds:0} s.";
        if (cuts == 0)
            yield return $"No way was cut, silenced or slowed in {length.TotalSeconds:0} s.";
    }
}
