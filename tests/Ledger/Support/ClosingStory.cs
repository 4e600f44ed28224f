namespace FundingFlows.Ledger.Tests;

/// <summary>A body that gave all that it had and ended its agreement, told in one line.</summary>
internal static class ClosingStory
{
    /// <summary>The stranger gives the forum £100 and ends the agreement. The forum keeps it, under the award that this answers with.</summary>
    public static EntryId Gives(this Stage stage)
    {
        var fund = stage.Stranger.Opens("gifts", Write.Share(Kind.Revenue, 10_000));
        stage.Stranger.Issues(fund, 10_000);
        var agreement = stage.Federation.Agrees(stage.Stranger, stage.Forum);
        var award = stage.Federation.Awards(stage.Stranger, stage.Forum, fund, Write.Promise(2026, Kind.Revenue, 10_000));
        stage.Federation.Releases(stage.Stranger, award, 0, 10_000);
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        return award;
    }
}
