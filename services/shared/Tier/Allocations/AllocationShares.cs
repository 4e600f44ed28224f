using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>What a run gives, as journals write it.</summary>
internal static class AllocationShares
{
    /// <summary>What each recipient gets of each line of the pot, in the order of their ids.</summary>
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

    public static IReadOnlyList<Promise> ToPromises(IReadOnlyList<PotLine> pot) =>
    [
        .. pot.Select(line => new Promise { FinancialYear = line.FinancialYear, Kind = line.Kind, Earmarks = { line.Earmarks }, AmountPence = line.AmountPence }),
    ];

    public static Sent.PotLine ToPotLine(Promise line) => new()
    {
        FinancialYear = line.FinancialYear,
        Kind = line.Kind,
        Earmarks = { line.Earmarks },
        AmountPence = line.AmountPence,
    };
}
