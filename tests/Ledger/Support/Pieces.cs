namespace FundingFlows.Ledger.Tests;

/// <summary>Money in very many small pieces.</summary>
internal static class Pieces
{
    /// <summary>
    /// The government issues that many pennies, one by one, into a fund of its own, and awards them all to the council.
    /// Answers with the award and what it promises.
    /// </summary>
    public static (EntryId Award, long Pence) Scatter(Stage stage, int pieces)
    {
        var fund = Pennies(stage.Government, pieces);
        return (stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, pieces)), pieces);
    }

    /// <summary>A fund of that many lots of a penny each, at that body.</summary>
    public static string Pennies(TestBody body, int pieces)
    {
        var fund = body.Opens("pennies", Write.Share(Kind.Revenue, 10_000));
        for (var i = 0; i < pieces; i++)
            body.Do(new IssueMoney(fund, body.Source(), 1));
        return fund;
    }
}
