using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Gateway;

/// <summary>One body on the way of a piece of money: how it came, and how it went on.</summary>
/// <param name="Restrictions">What it may be used for here. Empty at the payee.</param>
/// <param name="Steps">The entries of this body on the path.</param>
internal sealed record Stop(string Title, string Tier, string Came, string Went, string Restrictions, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>Whether every entry of this body on the path is proved.</summary>
    public bool Holds => Steps.All(step => step.Holds);
}

/// <summary>Turns the steps of a path into stops: a body that received and sent is one stop.</summary>
internal static class PathStops
{
    public static IReadOnlyList<Stop> Of(TracePath path)
    {
        var stops = new List<Stop>();
        foreach (var steps in Grouped(path.Steps))
        {
            var first = steps[0];
            var last = steps[^1];
            stops.Add(new Stop(
                first.OfficialName, Words.Tier(first.Tier), Came(first) + Merged(steps), last.Kind is StepKind.Paid or StepKind.Sent ? Went(last, path.AmountPence) : "",
                Words.Restrictions(last.Line), steps));
        }
        return stops;
    }

    private static IEnumerable<List<TraceStep>> Grouped(IEnumerable<TraceStep> steps)
    {
        var group = new List<TraceStep>();
        foreach (var step in steps)
        {
            if (group.Count > 0 && group[0].Body != step.Body)
            {
                yield return group;
                group = [];
            }
            group.Add(step);
        }
        if (group.Count > 0)
            yield return group;
    }

    private static string Came(TraceStep step) => step.Kind switch
    {
        StepKind.Issued => $"Put {Words.Pounds(step.LotAmountPence)} into the fund on {Words.Day(step.RecordedAt)}",
        StepKind.Reversed => $"Came back on {Words.Day(step.RecordedAt)}",
        _ => $"Received {Words.Pounds(step.LotAmountPence)} on {Words.Day(step.RecordedAt)}",
    };

    private static string Merged(IEnumerable<TraceStep> steps) => string.Concat(
        steps.Where(step => step.Kind == StepKind.Relabelled).Select(step => $"; merged into {step.Line.Fund} on {Words.Day(step.RecordedAt)}"));

    private static string Went(TraceStep step, long amountPence) =>
        step.Kind == StepKind.Paid
            ? $"Paid {Words.Pounds(amountPence)} on {Words.Day(step.RecordedAt)}"
            : $"Passed {Words.Pounds(amountPence)} of it on{(step.PassedOnAtOnce ? " at once, as instructed before" : "")}, on {Words.Day(step.RecordedAt)}";
}
