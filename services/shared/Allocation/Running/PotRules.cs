namespace FundingFlows.Allocations;

/// <summary>What a pot must be.</summary>
public static class PotRules
{
    /// <summary>What faults of the pot are about; a line or year of it may follow.</summary>
    public const string Item = "pot";

    internal static IEnumerable<Fault> Check(IReadOnlyList<PotLine> lines)
    {
        if (lines.Count is 0 or > RunInputs.MostLines)
            yield return new(Item, $"The pot has {lines.Count} lines: name 1 to {RunInputs.MostLines}.");
        foreach (var line in lines)
        {
            if (!Years.IsYear(line.FinancialYear))
                yield return new($"{Item}: {Words(line)}", $"{line.FinancialYear} is no financial year: write one from {Years.Earliest} to {Years.Latest}.");
            if (!Pence.IsAmount(line.AmountPence))
                yield return new($"{Item}: {Words(line)}", $"{Words(line)} is {Pence.InPounds(line.AmountPence)}: write an amount above zero, at most {Pence.InPounds(Pence.Most)}.");
        }
        foreach (var twice in lines.GroupBy(Words).Where(same => same.Count() > 1))
            yield return new($"{Item}: {twice.Key}", $"The pot has {twice.Key} {twice.Count()} times: add them up to one line.");
        foreach (var year in lines.Where(line => Pence.IsAmount(line.AmountPence)).GroupBy(line => line.FinancialYear))
            if (year.Aggregate(Int128.Zero, (sum, line) => sum + line.AmountPence) > Pence.Most)
                yield return new($"{Item}: {year.Key}", $"The pot of {year.Key} is above {Pence.InPounds(Pence.Most)} in all its lines.");
    }

    private static string Words(PotLine line) =>
        $"{line.FinancialYear} {line.Kind.ToString().ToLowerInvariant()}{(line.Earmarks.Count == 0 ? "" : $" kept for {string.Join(" and ", line.Earmarks)}")}";
}
