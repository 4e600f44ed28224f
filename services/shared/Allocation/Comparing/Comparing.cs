using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>Compares two allocations: who gains and loses, how closely money follows need, and the gaps between and within places.</summary>
public static class Comparing
{
    /// <param name="before">The first.</param>
    /// <param name="after">The second, of the same recipients.</param>
    /// <param name="count">The indicator that is counted, such as people.</param>
    /// <param name="index">An index of need. Null: need is the count alone.</param>
    /// <param name="mark">An indicator that is above zero for those whose part of the money is asked for. Null: nobody's is.</param>
    public static Outcome<Comparison> Compare(AllocationResult before, AllocationResult after, string count, string? index, string? mark)
    {
        var table = before.Inputs.Table;
        var faults = Check(table, after.Inputs.Table, [count, .. Some(index), .. Some(mark)]);
        if (faults.Count > 0)
            return new Outcome<Comparison>(faults);

        var (heads, needs, marks) = (table.Find(count)!, index is null ? null : table.Find(index), mark is null ? null : table.Find(mark));
        var need = Enumerable.Range(0, table.Recipients.Count).Select(i => (BigInteger)heads.Scaled(i) * (needs?.Scaled(i) ?? 1)).ToArray();
        var groups = Enumerable.Range(0, table.Recipients.Count).Where(i => table.Recipients[i].Group.Length > 0)
            .GroupBy(i => table.Recipients[i].Group).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Members: group.ToList())).ToList();
        var (first, second) = (Amounts(before), Amounts(after));
        return new Outcome<Comparison>(new Comparison(
            [.. table.Recipients.Select((recipient, i) => new Change(recipient, first[i], second[i]))],
            Find(first, need, groups, marks), Find(second, need, groups, marks),
            [.. groups.Where(group => group.Members.Count > 1).Select(group => new GroupGap(group.Key, Within(first, need, group.Members), Within(second, need, group.Members)))]));
    }

    private static List<Fault> Check(IndicatorTable table, IndicatorTable other, IReadOnlyList<string> indicators)
    {
        var faults = new List<Fault>();
        if (!table.Recipients.Select(recipient => recipient.Id).SequenceEqual(other.Recipients.Select(recipient => recipient.Id)))
            faults.Add(new("recipients", "The two allocations have different recipients: compare allocations to the same."));
        foreach (var name in indicators)
            if (table.Find(name) is not { } column)
                faults.Add(new(name, $"The comparison needs the indicator {name}, which is not in the table."));
            else
                faults.AddRange(Enumerable.Range(0, table.Recipients.Count).Where(i => !column.Has(i)).Select(i =>
                    new Fault(table.Recipients[i].Id, $"The comparison needs {name} of {table.Recipients[i].Name} ({table.Recipients[i].Id}), and there is no figure.")));
        return faults;
    }

    private static Findings Find(long[] money, BigInteger[] need, List<(string Key, List<int> Members)> groups, Column? marks) => new(
        Mismatch.BasisPoints(money, need),
        groups.Count == 0 ? null : Mismatch.BasisPoints(
            [.. groups.Select(group => group.Members.Sum(i => money[i]))],
            [.. groups.Select(group => group.Members.Aggregate(BigInteger.Zero, (sum, i) => sum + need[i]))]),
        marks is null ? null : Marked(money, marks));

    private static int? Within(long[] money, BigInteger[] need, List<int> members) =>
        Mismatch.BasisPoints([.. members.Select(i => money[i])], [.. members.Select(i => need[i])]);

    private static int? Marked(long[] money, Column marks)
    {
        var all = money.Aggregate(Int128.Zero, (sum, one) => sum + one);
        var marked = money.Where((_, i) => marks.Marks(i)).Aggregate(Int128.Zero, (sum, one) => sum + one);
        return all == 0 ? null : (int)(marked * Formula.WholeInBasisPoints / all);
    }

    private static long[] Amounts(AllocationResult result) => [.. Enumerable.Range(0, result.Inputs.Table.Recipients.Count).Select(result.Pence)];

    private static IEnumerable<string> Some(string? name) => name is null ? [] : [name];
}
