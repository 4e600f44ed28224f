namespace FundingFlows.Ledger.Tests;

/// <summary>Money that was refused comes back as new lots, children of those that were drawn.</summary>
public sealed class ReversalTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Allocation_Refused_ComesBackAsChildrenOfTheLotsDrawn()
    {
        var drawn = stage.Government.Books.Lots.All[0];
        stage.Federation.FillsUp(stage.Council);
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.Capital, 30_000);
        var sequence = stage.Government.Books.Transfers.Find(transfer)!.Sequence;

        stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
        Assert.True(stage.Council.Books.Transfers.HasRefused(transfer));
        Assert.Null(stage.Council.Books.Transfers.FindReceived(transfer));
        Assert.Equal(TransferStage.InTransit, stage.Government.Books.Transfers.Find(transfer)!.State);
        stage.Federation.MustHold();

        stage.Federation.Answer(stage.Government, stage.Council.Id, sequence);
        var back = stage.Government.Books.Lots.All[^1];
        Assert.Equal(TransferStage.Reversed, stage.Government.Books.Transfers.Find(transfer)!.State);
        Assert.Equal((10_000, 30_000, 30_000), (drawn.RemainingPence, back.AmountPence, back.RemainingPence));
        Assert.Equal(drawn.Id, back.Parent);
        Assert.Equal((drawn.Line, drawn.Origin, drawn.TermsVersion), (back.Line, back.Origin, back.TermsVersion));
        Assert.Equal((0, 30_000), (stage.Government.Balance(Account.InTransit), stage.Government.Balance(Account.Granted)));
        Assert.Equal(70_000, stage.Government.Balance(Account.Cash));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Allocation_OfReceivedMoneyRefused_ComesBackUnderItsAward()
    {
        // The council passes on what it holds under the government's award; the forum cannot take it.
        var drawn = stage.Council.Books.Lots.Remaining(stage.Fund).Single(lot => lot.Line.Earmarks.Count > 0);
        stage.Federation.FillsUp(stage.Forum);

        stage.Federation.Releases(stage.Council, stage.ForumAward, 0, 2_500);

        var back = stage.Council.Books.Lots.All[^1];
        Assert.Equal((drawn.Id, 2_500), (back.Parent!.Value, back.AmountPence));
        Assert.Equal((stage.CouncilAward, drawn.FunderLot), (back.Award!.Value, back.FunderLot));
        Assert.Equal(3_500, drawn.RemainingPence);
        // It can be repaid like any money of that award: both lots of it, and all the rest.
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 24_000);
        Assert.Equal(0, stage.Council.Books.Lots.RemainingPence(stage.Fund));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_Refused_ComesBackToTheOneWhoRepaid()
    {
        var transfer = stage.Forum.Do(new RepayUnderspend(stage.ForumAward, null, 6_000));

        stage.Federation.Refuses(stage.Council, stage.Forum, transfer);

        var back = Assert.Single(stage.Forum.Books.Lots.Remaining(stage.Fund));
        Assert.Equal(TransferStage.Reversed, stage.Forum.Books.Transfers.Find(transfer)!.State);
        Assert.Equal((6_000, stage.ForumAward), (back.RemainingPence, back.Award!.Value));
        Assert.Equal((0, 0), (stage.Forum.Balance(Account.InTransit), stage.Forum.Balance(Account.Repaid)));
        // A repayment was never a release: what the award leaves is as it was.
        Assert.Equal(6_000, stage.Council.Books.Awards.Find(stage.ForumAward)!.Promises[0].ReleasedPence);
        Assert.Equal(6_000, stage.Forum.Books.Awards.Find(stage.ForumAward)!.Promises[0].ReleasedPence);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Reversal_OfMoneyThatWasReversedBefore_HasItsParentInTheEarlierOne()
    {
        stage.Federation.FillsUp(stage.Council);
        stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 30_000);
        var first = stage.Government.Books.Lots.All[^1];

        // £100 of the first lot remains and goes first; then £200 of what came back.
        stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 30_000);

        var again = stage.Government.Books.Lots.All.TakeLast(2).ToList();
        Assert.Equal([10_000L, 20_000L], again.Select(lot => lot.AmountPence));
        Assert.Equal(first.Id, again[1].Parent);
        Assert.Equal(10_000, first.RemainingPence);
        Assert.Equal(first.Origin, again[1].Origin);
        stage.Federation.MustHold();
    }
}
