namespace FundingFlows.Ledger.Tests;

/// <summary>No lot may be used for more than its parent and its award, and nothing is spent outside its ring-fence.</summary>
public sealed class ContainmentTests
{
    private readonly Stage stage = new();

    [Theory]
    [InlineData("another kind")]
    [InlineData("a year outside the window")]
    [InlineData("another fund")]
    [InlineData("an earmark for forums")]
    public void Payment_OutsideTheRingFence_IsFound(string what)
    {
        var payment = stage.Council.Decide(stage.Council.Payment(stage.Fund, 100)).Facts[0];
        var made = payment.PaymentMade;
        if (what == "another kind")
            made.Kind = Kind.Capital;
        else if (what == "a year outside the window")
            made.FinancialYear = 2029;
        else if (what == "another fund")
            made.Fund = "GOV.parks";
        else
            made.Pieces[0].Lot = stage.Council.Books.Lots.All.First(lot => lot.Line.Earmarks.Count > 0).Id.ToRef();

        stage.Council.Append(payment);

        Assert.EndsWith("which is kept for something else.", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Payment_ThatOnePersonMadeAboveTheAmountForTwo_IsFound()
    {
        var prepared = stage.Council.Decide(stage.Council.Payment(stage.Council.Guarded(above: 5_000), 5_001)).Facts[0].PaymentPrepared;

        stage.Council.Append(new Fact { PaymentMade = prepared.Payment });

        Assert.EndsWith("is above £50, and one person alone made it.", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_ThatMakesMoneyFreerThanItWas_IsFound()
    {
        // Money kept for forums, sent as if it were kept for nothing. The council is promised such money, and cannot know.
        var sent = stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Revenue, 900)).Facts[0];
        sent.TransferSent.Pieces[0].Lot = stage.Government.Books.Lots.All[2].Id.ToRef();
        sent.TransferSent.Pieces[0].Origin = stage.Government.Books.Lots.All[2].Origin.ToOrigin();

        stage.Government.Append(sent);
        stage.Federation.MustHold();
        stage.Federation.Settle();

        Assert.Contains("may be used for more than its parent", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("another terms version")]
    public void Transfer_ThatChangesWhatMoneyIs_IsFound(string what)
    {
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        var sequence = stage.Government.Books.Transfers.Find(transfer)!.Sequence;
        var receipt = stage.Council.Decide(new ReceiveDelivery(stage.Government.DeliveryTo(stage.Council.Id, sequence))).Facts[0];
        if (what == "another origin")
            receipt.TransferReceived.Lots[0].Origin.Lot.Ordinal = 0;
        else
            receipt.TransferReceived.Lots[0].TermsVersion = 2;

        stage.Council.Append(receipt);

        Assert.Contains("claims another origin", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_OfMoreThanTheAwardPromises_IsFound()
    {
        // The award promises revenue; the lot that was sent, and arrives, is for either.
        var fund = stage.Government.Opens("open", Write.Share(Kind.Either, 10_000));
        stage.Government.Issues(fund, 1_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 500));
        var sent = stage.Government.Decide(stage.Government.Release(award, 0, 500)).Facts[0];
        sent.TransferSent.Pieces[0].Line.Kind = Kind.Either;
        var transfer = stage.Government.Append(sent);
        var piece = sent.TransferSent.Pieces[0];

        stage.Council.Append(new Fact
        {
            TransferReceived = new TransferReceived
            {
                Delivery = stage.Government.DeliveryTo(stage.Council.Id, stage.Government.Books.Transfers.Find(transfer)!.Sequence).ToRef(),
                Purpose = TransferPurpose.Allocation,
                Award = award.ToRef(),
                Lots = { new NewLot { Parent = piece.Lot, AmountPence = 500, Line = piece.Line, TermsVersion = 1, Origin = piece.Origin, Award = award.ToRef(), FunderLot = piece.Lot } },
            },
        });

        Assert.Contains("than award", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another kind")]
    [InlineData("another earmark")]
    [InlineData("another window")]
    [InlineData("a root elsewhere")]
    [InlineData("terms that there are not")]
    public void Issue_OtherwiseThanTheTermsSay_IsFound(string what)
    {
        var issued = stage.Government.Decide(new IssueMoney(stage.Fund, Write.Vote(), 1_000)).Facts[0];
        var lot = issued.MoneyIssued.Lots[0];
        if (what == "another kind")
            lot.Line.Kind = Kind.Either;
        else if (what == "another earmark")
            lot.Line.Earmarks.Add(Write.Led);
        else if (what == "another window")
            lot.Line.Years.LastYear = 2050;
        else if (what == "a root elsewhere")
            lot.Origin.Lot = stage.Government.Books.Lots.All[0].Id.ToRef();
        else
            lot.TermsVersion = 2;

        stage.Government.Append(issued);

        Assert.Contains("was issued otherwise than", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a fund that its terms do not name")]
    [InlineData("a wider kind")]
    [InlineData("longer years")]
    [InlineData("no earmarks")]
    [InlineData("no history")]
    [InlineData("an award")]
    [InlineData("terms that there are not")]
    public void Merge_ThatFreesMoney_IsFound(string what)
    {
        var pot = stage.Government.OpensPot("pot", ["GOV.flexible"], Write.Share(Kind.Revenue, 10_000, Write.Led));
        var flexible = stage.Government.OpensPot("flexible", [], Write.Share(Kind.Either, 10_000));
        stage.Government.Issues(pot, 1_000);
        var merge = stage.Government.Decide(new MergePots(pot, flexible, null, 1)).Facts[0];
        var lot = merge.PotsMerged.Lots[0];
        if (what == "a fund that its terms do not name")
            lot.Line.Fund = stage.Fund;
        else if (what == "a wider kind")
            lot.Line.Kind = Kind.Either;
        else if (what == "longer years")
            lot.Line.Years.LastYear = 2050;
        else if (what == "no earmarks")
            lot.Line.Earmarks.Clear();
        else if (what == "no history")
            lot.History.Clear();
        else if (what == "an award")
            lot.Award = stage.ForumAward.ToRef();
        else
            lot.TermsVersion = 2;

        stage.Government.Append(merge);

        Assert.All(InvariantTests.MustBreak(Invariant.Containment, stage.Federation), finding => Assert.Contains("may be used for more than", finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Award_WithOtherTermsThanTheFundsOwn_IsFound()
    {
        // The council hands the fund on as if councils' money could be spent by forums for anything: the earmark means nothing now.
        stage.Federation.Agrees(stage.Council, stage.Stranger);
        var offer = stage.Council.Decide(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 100, Write.Led)])).Facts[0].Clone();
        offer.AwardOffered.Terms.Earmarks[0].Spenders.Clear();

        stage.Council.Append(offer);

        Assert.Contains("holds other terms of GOV.places than GOV opened it with", Assert.Single(InvariantTests.MustBreak(Invariant.Containment, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Payment_FromALotOfUnknownTerms_IsAFindingAndNoFailure()
    {
        var payment = stage.Government.Decide(stage.Government.Payment(stage.Fund, 100)).Facts[0];
        var issued = stage.Government.Decide(new IssueMoney(stage.Fund, Write.Vote(), 1_000)).Facts[0];
        issued.MoneyIssued.Lots[1].TermsVersion = 2;
        var entry = stage.Government.Append(issued);
        payment.PaymentMade.Pieces[0].Lot = new LotId(entry, 1).ToRef();

        stage.Government.Append(payment);

        Assert.Equal(2, InvariantTests.MustBreak(Invariant.Containment, stage.Federation).Count);
    }
}
