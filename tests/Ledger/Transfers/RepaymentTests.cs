namespace FundingFlows.Ledger.Tests;

/// <summary>Money that goes back up keeps the award and the lots that it once came from, tier by tier.</summary>
public sealed class RepaymentTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Repayment_OfUnspentMoney_IsHeldByTheFunderAsItHeldTheLotThatItSent()
    {
        var sent = stage.Council.Books.Lots.Find(stage.Forum.Books.Lots.All[0].Parent!.Value)!;

        var transfer = stage.Federation.Repays(stage.Forum, stage.ForumAward, 4_000);

        var back = stage.Council.Books.Lots.All[^1];
        Assert.Equal(stage.Forum.Books.Lots.All[0].Id, back.Parent);
        Assert.Equal((4_000, stage.CouncilAward, sent.FunderLot), (back.AmountPence, back.Award!.Value, back.FunderLot));
        Assert.Equal((sent.Line, sent.Origin), (back.Line, back.Origin));
        Assert.Equal((2_000, 4_000), (stage.Forum.Balance(Account.Cash), stage.Forum.Balance(Account.Repaid)));
        Assert.Equal(4_000, stage.Council.Balance(Account.Returned));
        Assert.Equal(TransferPurpose.Repayment, stage.Council.Books.Transfers.FindReceived(transfer)!.Purpose);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_UpTwoTiers_EndsWhereTheMoneyWasIssued()
    {
        var issued = stage.Government.Books.Lots.All[2];
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);
        var atCouncil = stage.Council.Books.Lots.All[^1];

        // Of what is kept for forums the council has £60 that it never sent on and £60 that came back.
        var repayment = stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, Write.Kept(Write.Led)), 12_000));
        stage.Federation.Settle();

        Assert.Equal([issued.Id, issued.Id], stage.Council.PiecesOf(repayment).Select(piece => LotId.From(piece.ReturningTo)));
        var back = stage.Government.Books.Lots.All[^1];
        Assert.Equal((atCouncil.Id, 6_000), (back.Parent!.Value, back.AmountPence));
        Assert.Null(back.Award);
        Assert.Null(back.FunderLot);
        Assert.Equal(issued.Origin, back.Origin);
        Assert.Equal((12_000, 82_000), (stage.Government.Balance(Account.Returned), stage.Government.Balance(Account.Cash)));
        Assert.Equal(25_000, stage.Government.Books.Lots.Remaining(stage.Fund).Where(lot => lot.Line == issued.Line).Sum(lot => lot.RemainingPence));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_OfMoneyThatWasNarrowedOnItsWay_StaysNarrow()
    {
        var fund = stage.Government.Opens("open", Write.Share(Kind.Either, 10_000));
        stage.Government.Issues(fund, 1_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Capital, 600));
        stage.Federation.Releases(stage.Government, award, 0, 600);

        stage.Federation.Repays(stage.Council, award, 100);

        Assert.Equal(Kind.Capital, stage.Government.Books.Lots.All[^1].Line.Kind);
        stage.Federation.MustHold();
    }

    /// <summary>The money was promised as capital: that its funder could have used it otherwise does not make it wider again.</summary>
    [Fact]
    public void Repayment_OfMoneyThatWasNarrowedOnItsWay_CannotComeBackWider()
    {
        var fund = stage.Government.Opens("open", Write.Share(Kind.Either, 10_000));
        stage.Government.Issues(fund, 1_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Capital, 600));
        stage.Federation.Releases(stage.Government, award, 0, 600);
        var letter = Letter.Of(stage.Council, stage.Government, new RepayUnderspend(award, null, 100));
        letter.Facts[0].TransferSent.Pieces[0].Line.Kind = Kind.Revenue;

        var answer = stage.Government.Run(new ReceiveDelivery(letter.Seal()));

        Assert.Equal(DeliveryRefusal.NeverSent, Assert.Single(answer.Facts).TransferRefused.Reason);
    }

    [Fact]
    public void Repayment_OfAllThatWasEverSent_ComesBackInAsManyTransfersAsOneLikes()
    {
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);
        foreach (var pence in new[] { 1_000, 28_000, 1_000 })
            stage.Federation.Repays(stage.Council, stage.CouncilAward, pence);

        Assert.Equal((100_000, 30_000), (stage.Government.Balance(Account.Cash), stage.Government.Balance(Account.Returned)));
        Assert.All(stage.Government.Books.Transfers.Sent.SelectMany(sent => sent.Pieces), piece =>
            Assert.Equal(0, stage.Government.Books.Transfers.Given(stage.CouncilAward, piece.Lot)!.LeftPence));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_ToABodyThatHasIssuedAndReceivedAllThatAccountsHold_IsTaken()
    {
        stage.Federation.FillsUp(stage.Council);
        stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), Pence.Most);

        var transfer = stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);

        Assert.Equal(TransferStage.Settled, stage.Forum.Books.Transfers.Find(transfer)!.State);
        Assert.Equal(6_000, stage.Council.Balance(Account.Returned));
        stage.Federation.MustHold();
    }

    /// <summary>Money cannot be had twice, once as repaid and once as refused.</summary>
    [Fact]
    public void Transfer_SaidToBeRefusedAfterItCameBack_IsNotBelieved()
    {
        var award = stage.Federation.Awards(stage.Government, stage.Council, stage.Fund, Write.Promise(2026, Kind.Capital, 5_000));
        var transfer = stage.Government.Sends(award, 0, 5_000);
        var sequence = stage.Government.Books.Transfers.Find(transfer)!.Sequence;
        stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
        stage.Council.Do(new RepayUnderspend(award, null, 5_000));
        stage.Federation.Deliver(stage.Council, stage.Government.Id, stage.Council.Books.Deliveries.NextSequence(stage.Government.Id) - 1);
        var receipt = stage.Council.AnswerTo(stage.Government, sequence);
        var refusal = new Entry { Index = receipt.Entries[0].Entry.Index, Fact = Refusing(receipt.First.TransferReceived.Delivery) };
        var hashes = stage.Government.DeliveryTo(stage.Council.Id, sequence).Entries.Select(entry => entry.LeafHash).ToList();

        Refused.MustBe(RecordAnswerRefusal.AnswerContradicts, stage.Government.Decide(new RecordAnswer(receipt with { Entries = [Answers.Carried(refusal)] }, hashes)));
        stage.Federation.Settle();
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_OfOneLineAlone_LeavesTheOthers()
    {
        stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Capital, EarmarkSet.None), 9_000));

        Assert.Equal([1_000L, 8_000L, 6_000L], stage.Council.Books.Accounts.Lines.Select(line => line.Value[Account.Cash]));
        Assert.Equal([9_000L, 0L, 0L], stage.Council.Books.Accounts.Lines.Select(line => line.Value[Account.InTransit]));
    }

    [Fact]
    public void Repayment_OfAnAward_LeavesMoneyOfOtherAwards()
    {
        var other = stage.Federation.Awards(stage.Government, stage.Council, stage.Fund, Write.Promise(2026, Kind.Capital, 5_000));
        stage.Federation.Releases(stage.Government, other, 0, 5_000);

        var repayment = stage.Council.Do(new RepayUnderspend(other, null, 5_000));

        var lot = Assert.Single(stage.Council.Books.Transfers.Find(repayment)!.Pieces).Lot;
        Assert.Equal(other, stage.Council.Books.Lots.Find(lot)!.Award);
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, stage.Council.Decide(new RepayUnderspend(other, null, 1)));
    }

    private static Fact Refusing(DeliveryRef delivery) => new() { TransferRefused = new TransferRefused { Delivery = delivery, Reason = DeliveryRefusal.Malformed } };

    [Fact]
    public void Repayment_OfSpentMoney_IsRefused()
    {
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 5_999));

        Refused.MustBe(RepayUnderspendRefusal.NotEnoughMoney, stage.Forum.Decide(new RepayUnderspend(stage.ForumAward, null, 2)));
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 1);
        stage.Federation.MustHold();
    }
}
