namespace FundingFlows.Topologies;

/// <summary>A published award.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Body">The body that it was awarded to.</param>
/// <param name="Project">What tells it from other awards of the round to that body.</param>
public sealed record PublishedAward(int Round, string Body, long AmountPence, string Project);

/// <summary>Reads a table of awards to councils, one row for each council and one column for each of two rounds.</summary>
public static class AwardsTable
{
    private const string Code = "gss_code";
    private const string Attributed = "as attributed";
    private static readonly string[] Rounds = ["round_1_pounds", "round_2_pounds"];
    private static readonly string[] Columns = [Code, .. Rounds];

    /// <summary>
    /// Reads a file. Throws <see cref="TableException"/> with one sentence that names the file, the line, the fault and the remedy, also
    /// when a council is not in the topology.
    /// </summary>
    public static IReadOnlyList<PublishedAward> Read(string path, Topology topology) => Check(CsvTable.Read(path, Columns), topology);

    /// <summary>Reads a text; <paramref name="name"/> is what faults call it.</summary>
    public static IReadOnlyList<PublishedAward> Parse(string text, string name, Topology topology) => Check(CsvTable.Parse(text, name, Columns), topology);

    private static List<PublishedAward> Check(CsvTable table, Topology topology)
    {
        var tiers = topology.Bodies.ToDictionary(body => body.Id, body => body.Tier);
        var awards = new List<PublishedAward>();
        table.CheckOnce(Code);
        foreach (var row in table.Rows)
        {
            if (!tiers.TryGetValue(row[Code], out var tier))
                table.Fault(row.Line, $"{Code} is \"{row[Code]}\", which is no body of the topology; correct it, or import a topology that has it.");
            else if (tier != Tier.Council)
                table.Fault(row.Line, $"{row[Code]} is not a council; attribute its award to councils.");
            for (var i = 0; i < Rounds.Length; i++)
                if (table.Whole(row, Rounds[i], Pence.Most / 100) is { } pounds and > 0)
                    awards.Add(new PublishedAward(i + 1, row[Code], pounds * 100, Attributed));
        }
        table.Refuse();
        if (awards.Count == 0)
            table.Fault(1, "no row awards anything; give an amount in a column of a round.");
        else if (awards.Sum(award => (decimal)award.AmountPence) > Pence.Most)
            table.Fault(1, $"all rows together award more than the {Pence.InPounds(Pence.Most)} that one fund may issue; correct the amounts, which are in pounds.");
        table.Refuse();
        return awards;
    }
}
