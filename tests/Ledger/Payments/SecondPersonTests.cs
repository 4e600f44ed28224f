namespace FundingFlows.Ledger.Tests;

/// <summary>Payments for which one person is not enough.</summary>
public sealed class SecondPersonTests
{
    private readonly Stage stage = new();

    private TestBody Council => stage.Council;

    [Theory]
    [InlineData(Preparing.AbovePence, false)]
    [InlineData(Preparing.AbovePence + 1, true)]
    public void Payment_AboveTheAmountOfTheTerms_WaitsForASecondPerson(long pence, bool waits)
    {
        var payment = Council.Do(Council.Payment(Council.Guarded(), pence));

        Assert.Equal(waits, Council.Books.Payments.Find(payment) is null);
        Assert.Equal(waits ? Preparing.AbovePence : null, Council.Books.Preparations.Find(payment)?.Prepared.AbovePence);
        Assert.Equal(waits ? 0 : pence, Council.Balance(Account.Spent));
    }

    [Fact]
    public void Payment_OfWhichTheTaxIsRecoverable_CountsByWhatIsCharged()
    {
        var payment = Council.Payment(Council.Guarded(), 500) with { Charge = new Charge(500, 100, true) };

        Assert.NotNull(Council.Books.Payments.Find(Council.Do(payment)));
        Assert.Null(Council.Books.Payments.Find(Council.Do(payment with { Charge = new Charge(500, 100, false), Reference = "OTHER" })));
    }

    [Fact]
    public void Preparation_Made_HoldsItsPiecesAndMovesNoMoney()
    {
        var fund = Council.Guarded(1_000);
        var cash = Council.Balance(Account.Cash);

        var preparation = Council.Do(Council.Payment(fund, 600));

        Assert.Equal((cash, 0), (Council.Balance(Account.Cash), Council.Balance(Account.Spent)));
        Assert.Equal(600, Council.Books.Holds.Find(preparation)!.AmountPence);
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Council.Decide(Council.Payment(fund, 401)));
        Assert.Null(Council.Decide(Council.Payment(fund, 400)).Refusal);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Approval_BySomebodyElse_PaysExactlyWhatWasHeld()
    {
        var preparation = Council.Prepares();
        var prepared = Council.Books.Preparations.Find(preparation)!;

        var id = Council.DoAs(Preparing.Second, new ApprovePayment(preparation));

        var payment = Council.Books.Payments.Find(id)!;
        var expected = prepared.Payment.Clone();
        expected.Preparation = preparation.ToRef();
        Assert.Equal(expected, payment.Made);
        Assert.Equal((600, 0, 0), (Council.Balance(Account.Spent), Council.Books.Holds.Find(preparation)!.AmountPence, Council.Books.Lots.All.Sum(lot => lot.HeldPence)));
        Assert.Equal((true, (EntryId?)id), (prepared.IsApproved, prepared.DecidedBy));
        stage.Federation.MustHold();
        Assert.Equal(Dump.Of(Council.Books), Dump.Of(Replay.Of(Council)));
    }

    [Fact]
    public void Rejection_OfAPreparation_FreesWhatWasHeld()
    {
        var preparation = Council.Prepares();

        var id = Council.Do(new RejectPayment(preparation, Write.Digest("Not ours.")));

        var rejected = Council.Books.Preparations.Find(preparation)!;
        Assert.Equal((false, (EntryId?)id, Write.Digest("Not ours.")), (rejected.IsApproved, rejected.DecidedBy, rejected.Reasons));
        Assert.Equal((0, 10_000), (Council.Books.Holds.Find(preparation)!.AmountPence, Council.Books.Lots.Remaining($"{Council.Id}.guarded").Sum(lot => lot.FreePence)));
        stage.Federation.MustHold();
        Assert.Equal(Dump.Of(Council.Books), Dump.Of(Replay.Of(Council)));
    }

    [Fact]
    public void Approval_OfManyPieces_PaysThemInTheSameParts()
    {
        const int Most = Parts.MostParts * Parts.MostPieces;
        var fund = Pieces.Pennies(Council, Most);
        var first = Council.Payment(Council.Guarded(above: null), Most);
        Council.Do(first);
        var many = Council.Do(first with { Fund = fund });

        var payment = Council.DoAs(Preparing.Second, new ApprovePayment(many));

        Assert.Equal(Enumerable.Repeat(Parts.MostPieces, Parts.MostParts), Council.Facts(payment).Select(fact => fact.PaymentMade.Pieces.Count));
        Assert.Equal(Council.Facts(many).Select(fact => fact.PaymentPrepared.Payment.Pieces), Council.Facts(payment).Select(fact => fact.PaymentMade.Pieces));
        Assert.Equal(0, Council.Books.Lots.RemainingPence(fund));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Approval_ByWhoHadAnInterestBeforeItWasPrepared_IsGiven()
    {
        Council.DoAs(Preparing.Second, new DeclareInterest(Write.Organisation()));
        Council.DoAs(Preparing.Second, new EndInterest(Write.Organisation()));

        Council.DoAs(Preparing.Second, new ApprovePayment(Council.Prepares()));
    }

    [Fact]
    public void Payment_FromALotThatCameUnderStricterTerms_ObeysThem()
    {
        var strict = Council.Guarded(100, "strict", 50);
        var open = Council.Guarded(100, "open", null);
        Assert.NotNull(Council.Books.Payments.Find(Council.Do(Council.Payment(open, 100))));

        var issued = Council.Decide(new IssueMoney(open, Council.Source(), 100)).Facts[0];
        issued.MoneyIssued.Lots[0].History.Add(new TermsRef { Fund = strict, Version = 1 });
        Council.Append(issued);

        Assert.Equal(50, Council.Books.Preparations.Find(Council.Do(Council.Payment(open, 51)))!.Prepared.AbovePence);
    }
}
