namespace FundingFlows.Ledger.Tests;

/// <summary>A claim, and money that goes back while it is open: in all no more comes back than was given, and both ends say the same.</summary>
public sealed class CrossingClaimTests
{
    private readonly Stage stage = new();

    private (long Funder, long Recipient) Owed(EntryId claim) =>
        (stage.Government.Books.Clawbacks.Find(claim)!.OwedPence, stage.Council.Books.Clawbacks.Find(claim)!.OwedPence);

    private EntryId RepaysUnheard(long pence) => stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), pence));

    [Fact]
    public void Claim_ThatCrossesARepayment_IsOfTheRestAtBothEnds()
    {
        RepaysUnheard(3_000);

        var claim = stage.Claims(8_000);

        Assert.Equal((5_000, 5_000), Owed(claim));
        Assert.Equal(5_000, stage.Council.Books.Holds.Find(stage.Council.Books.Clawbacks.Find(claim)!.RecordedBy!.Value)!.AmountPence);
        stage.Settles(claim, 5_000);
        Assert.Equal((0, 0), Owed(claim));
        Assert.Equal(0, stage.Government.Books.Transfers.LeftPence(stage.CouncilAward, Kind.Revenue, EarmarkSet.None));
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Claim_ThatCrossesARepaymentAndIsWithdrawnInPart_IsOfTheRestAtBothEnds()
    {
        RepaysUnheard(3_000);
        var claim = stage.Government.Do(new ClaimClawback(stage.CouncilAward, Kind.Revenue, EarmarkSet.None, Write.Reason, 8_000));
        stage.Government.Do(new WithdrawClawback(claim, 1_000));

        stage.Federation.Settle();

        Assert.Equal((4_000, 4_000), Owed(claim));
    }

    [Fact]
    public void Claim_ThatCrossesARepaymentOfAll_IsRefused()
    {
        RepaysUnheard(8_000);

        var claim = stage.Claims(8_000);

        Assert.True(stage.Government.Books.Clawbacks.Find(claim)!.IsRefused);
        Assert.Null(stage.Council.Books.Clawbacks.Find(claim));
    }

    [Fact]
    public void Claim_AfterARepaymentThatWasRefused_IsOfAllOfIt()
    {
        var repayment = RepaysUnheard(3_000);
        stage.Federation.Refuses(stage.Government, stage.Council, repayment);

        Assert.Equal((8_000, 8_000), Owed(stage.Claims(8_000)));
    }

    /// <summary>The capital went back for a claim of revenue; a claim of the capital that crosses it is of what is left.</summary>
    [Fact]
    public void Claim_ThatCrossesMoneyOfItsKindSentForAnother_IsOfTheRest()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 8_000));
        var first = stage.Claims(8_000);
        stage.Council.Do(new SettleClawback(first, 8_000));
        var sent = stage.Council.Balance(Account.InTransit);

        var second = stage.Claims(10_000, Kind.Capital);

        Assert.Equal(8_000, sent);
        Assert.Equal(0, Owed(first).Funder);
        Assert.Equal((8_000, 8_000), Owed(second));
    }

    [Fact]
    public void Repayment_OfWhatIsOwedForAClaim_IsRefusedAndMeetsIt()
    {
        var (payment, claim) = AllSpent();
        stage.Council.Do(new RefundPayment(payment, null, 5_000));

        var refusal = stage.Council.Decide(new RepayUnderspend(stage.CouncilAward, null, 5_000));

        Refused.MustBe(RepayUnderspendRefusal.OwedForAClaim, refusal);
        stage.Settles(claim, 5_000);
        Assert.Equal((5_000, 5_000), Owed(claim));
    }

    /// <summary>A council that repays all the same, and then goes on to meet the claim with its levy.</summary>
    [Fact]
    public void OwnMoney_BeyondWhatIsOutstanding_IsRefused()
    {
        var (payment, claim) = AllSpent();
        stage.Council.Do(new RefundPayment(payment, null, 5_000));
        var repaid = Letter.Of(stage.Council, stage.Government, new SettleClawback(claim, 5_000)).Facts[0];
        (repaid.TransferSent.Purpose, repaid.TransferSent.Clawback) = (TransferPurpose.Repayment, null);
        stage.Council.Append(repaid);
        stage.Federation.Settle();
        stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 10_000);

        var much = stage.Settles(claim, 5_001);
        var enough = stage.Settles(claim, 5_000);

        Assert.Equal(TransferStage.Reversed, stage.Council.Books.Transfers.Find(much)!.State);
        Assert.Equal(TransferStage.Settled, stage.Council.Books.Transfers.Find(enough)!.State);
        Assert.Equal(5_000, stage.Council.Books.Clawbacks.Find(claim)!.OwnPence);
        Assert.Equal(30_000, stage.Government.Balance(Account.Returned));
        stage.Federation.MustHold();
    }

    /// <summary>The council has paid its capital and sent back all else; all of the capital is claimed.</summary>
    private (EntryId Payment, EntryId Claim) AllSpent()
    {
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);
        var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 10_000, Kind.Capital));
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 20_000);
        return (payment, stage.Claims(10_000, Kind.Capital));
    }
}
