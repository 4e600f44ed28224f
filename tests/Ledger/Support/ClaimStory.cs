namespace FundingFlows.Ledger.Tests;

/// <summary>Claims of the government on the council, told in one line.</summary>
internal static class ClaimStory
{
    /// <summary>The government claims back what it gave the council for nothing in particular; the council has recorded it.</summary>
    public static EntryId Claims(this Stage stage, long pence, Kind kind = Kind.Revenue)
    {
        var claim = stage.Government.Do(new ClaimClawback(stage.CouncilAward, kind, EarmarkSet.None, Write.Digest("Not as agreed."), pence));
        stage.Federation.Settle();
        return claim;
    }

    /// <summary>The council meets a claim; the government has the money.</summary>
    public static EntryId Settles(this Stage stage, EntryId claim, long pence)
    {
        var transfer = stage.Council.Do(new SettleClawback(claim, pence));
        stage.Federation.Settle();
        return transfer;
    }

    /// <summary>The council has spent all that it held but what is kept for forums, so that it has no more of the claimed money.</summary>
    public static void Spends(this Stage stage, long pence, Kind kind)
    {
        var capital = Math.Min(pence, 10_000);
        stage.Council.Do(stage.Council.Payment(stage.Fund, capital, kind));
        stage.Federation.Repays(stage.Council, stage.CouncilAward, pence - capital);
    }
}
