namespace FundingFlows.Audit;

/// <summary>
/// Bodies that fund one another in a circle: along agreements that run one way, or along awards of one fund, whatever agreements those
/// are under. Both ends refuse a circle that either has heard of; when what is in between comes last, neither may have, and only who
/// sees all of them can tell.
/// </summary>
internal static class Circles
{
    /// <summary>How many agreements that run one way and how many awards there are, and a sentence for each circle among them.</summary>
    public static (long Examined, IReadOnlyList<string> Findings) Check(Federation federation)
    {
        var agreements = federation.All
            .SelectMany(books => books.Agreements.All.Where(agreement => agreement.Recipient == books.Body && agreement.IsInForce && agreement.Clauses.IsOneWay))
            .ToList();
        var awards = federation.All
            .SelectMany(books => books.Awards.All.Where(award => award.Recipient == books.Body && award.State == AwardStage.Accepted && !award.IsOver))
            .ToList();
        var ofAgreements = Among(agreements.Select(agreement => (agreement.Funder, agreement.Recipient)))
            .Select(circle => $"{circle}: the money could come round to who gave it.");
        var ofAwards = awards.GroupBy(award => award.Terms.Fund).OrderBy(fund => fund.Key, StringComparer.Ordinal)
            .SelectMany(fund => Among(fund.Select(award => (award.Funder, award.Recipient))).Select(circle => $"{circle}: money of {fund.Key} could come round to who gave it."));
        return (agreements.Count + awards.Count, [.. ofAgreements, .. ofAwards]);
    }

    /// <summary>The circles that bodies who fund others are in, each told from its least id back to that.</summary>
    private static IEnumerable<string> Among(IEnumerable<(string Funder, string Recipient)> ways)
    {
        var funders = ways.GroupBy(way => way.Recipient).ToDictionary(group => group.Key, group => group.Select(way => way.Funder).ToHashSet());
        while (Circle(funders) is { } circle)
        {
            yield return string.Join(" funds ", circle.Append(circle[0]));
            foreach (var body in circle)
                funders.Remove(body);
        }
    }

    /// <summary>The bodies of one circle, each before one that it funds, beginning with the least id. Null: there is none.</summary>
    private static List<string>? Circle(Dictionary<string, HashSet<string>> funders)
    {
        // Who has a funder that has none is in no circle by that one. What is left when nobody is like that has a funder that is left.
        for (var removed = -1; removed != 0;)
        {
            foreach (var above in funders.Values)
                above.RemoveWhere(funder => !funders.ContainsKey(funder));
            var free = funders.Where(body => body.Value.Count == 0).Select(body => body.Key).ToList();
            free.ForEach(body => funders.Remove(body));
            removed = free.Count;
        }
        if (funders.Count == 0)
            return null;
        var way = new List<string> { funders.Keys.Min(StringComparer.Ordinal)! };
        while (true)
        {
            var next = funders[way[^1]].Min(StringComparer.Ordinal)!;
            if (way.IndexOf(next) is var met and >= 0)
                return FromTheLeast(way[met..]);
            way.Add(next);
        }
    }

    /// <summary>The way went upwards; a circle is told downwards.</summary>
    private static List<string> FromTheLeast(List<string> upwards)
    {
        upwards.Reverse();
        var first = upwards.IndexOf(upwards.Min(StringComparer.Ordinal)!);
        return [.. upwards[first..], .. upwards[..first]];
    }
}
