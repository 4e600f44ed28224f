using FundingFlows.Ledger;

namespace FundingFlows.Tiers.Tests;

/// <summary>Money that lies in very many small lots, so that one transfer of it takes many parts.</summary>
internal static class ManyLots
{
    private const int InOneFact = 256;

    /// <summary>Has the centre issue that many lots of a penny each, for capital and kept for nothing.</summary>
    public static async Task IssueAsync(TestFederation federation, int lots)
    {
        for (var made = 0; made < lots; made += InOneFact)
        {
            var at = await Forged.BooksAsync(federation, TestTopology.Central, books => books.Next);
            var issued = new MoneyIssued
            {
                Fund = Officers.FundId,
                TermsVersion = 1,
                Source = new Source { Kind = SourceKind.DormantAssets, Reference = "many-small-ones" },
                AmountPence = Math.Min(InOneFact, lots - made),
            };
            for (var i = 0; i < issued.AmountPence; i++)
                issued.Lots.Add(new NewLot
                {
                    AmountPence = 1,
                    Line = new Line { Fund = Officers.FundId, Kind = Kind.Capital, Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year + 2 } },
                    TermsVersion = 1,
                    Origin = new Origin { Source = issued.Source, Fund = Officers.FundId, Lot = new LotId(at, i).ToRef() },
                });
            Assert.Equal(at, await Forged.AtAsync(federation, TestTopology.Central, new Fact { MoneyIssued = issued }));
        }
    }
}
