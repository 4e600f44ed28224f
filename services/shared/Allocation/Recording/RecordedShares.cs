using FundingFlows.Contracts.Journal.V1;

namespace FundingFlows.Allocations;

/// <summary>What a run shares out and gives, as journals write it.</summary>
public static class RecordedShares
{
    /// <summary>What each recipient gets of each line of the pot, in pence, in the order of their ids.</summary>
    public static IReadOnlyList<AllocationShare> Of(AllocationResult result)
    {
        var years = result.Years.ToDictionary(year => year.FinancialYear);
        var lines = result.Inputs.Lines.Select(line => (Year: years[line.FinancialYear], Place: years[line.FinancialYear].Lines.ToList().IndexOf(line))).ToList();
        return
        [
            .. result.Inputs.Table.Recipients.Select((recipient, i) => new AllocationShare
            {
                Recipient = recipient.Id,
                AmountPence = { lines.Select(line => line.Year.LinePence[line.Place][i]) },
            }),
        ];
    }

    public static IReadOnlyList<Promise> Write(IEnumerable<PotLine> pot) =>
    [
        .. pot.Select(line => new Promise { FinancialYear = line.FinancialYear, Kind = line.Kind, Earmarks = { line.Earmarks }, AmountPence = line.AmountPence }),
    ];

    /// <summary>The pot in the order in which it was shared out.</summary>
    public static IReadOnlyList<PotLine> Read(IEnumerable<Promise> pot) =>
        [.. pot.Select(line => new PotLine(line.FinancialYear, line.Kind, [.. line.Earmarks], line.AmountPence))];
}
