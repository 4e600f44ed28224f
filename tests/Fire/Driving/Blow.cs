using System.Globalization;

namespace FundingFlows.Fire;

/// <summary>What is done to an instance, or to the way from one to another.</summary>
internal enum Harm
{
    Kill,
    Pause,
    Cut,
    Silence,
    Slow,
}

/// <summary>One thing that the driver does, and undoes after a while.</summary>
/// <param name="At">When, from the beginning.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Instance">To whom; of a way: whose.</param>
/// <param name="To">Of a way: to whom it leads. Otherwise empty.</param>
/// <param name="Ways">Of a silenced way: which.</param>
internal sealed record Blow(TimeSpan At, TimeSpan Lasts, Harm Harm, string Instance, string To = "", LinkWays Ways = LinkWays.None)
{
    public bool IsOnWay => To.Length > 0;

    public override string ToString()
    {
        var lasts = string.Create(CultureInfo.InvariantCulture, $"for {Lasts.TotalSeconds:0.0} s");
        return Harm switch
        {
            Harm.Kill => $"{Instance} is killed, and down {lasts}",
            Harm.Pause => $"{Instance} is paused {lasts}",
            Harm.Cut => $"the way from {Instance} to {To} is cut {lasts}",
            Harm.Silence => $"the way from {Instance} to {To} is silent ({Words(Ways)}) {lasts}",
            _ => $"the way from {Instance} to {To} is slow {lasts}",
        };
    }

    private static string Words(LinkWays ways) => ways switch
    {
        LinkWays.Out => "out",
        LinkWays.Back => "back",
        _ => "both ways",
    };
}
