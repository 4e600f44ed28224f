namespace FundingFlows.Ledger.Tests;

/// <summary>What comes back is restored to the lots that it was drawn from, last drawn first, and never more than was paid.</summary>
public sealed class RefundTests
{
    private readonly TestFederation federation = new();
    private readonly TestBody body;
    private readonly string fund;
    private readonly List<LotId> lots;
    private readonly EntryId payment;

    public RefundTests()
    {
        body = federation.Add("GOV", Tier.CentralGovernment);
        fund = body.Opens("places", Write.Share(Kind.Revenue, 10_000));
        lots = [.. Enumerable.Range(0, 3).Select(_ => body.Issues(fund, 100)[0].Id)];
        payment = body.Do(body.Payment(fund, 250));
    }

    [Fact]
    public void Refund_InSteps_RestoresPiecesInReverseDrawingOrder()
    {
        Assert.Equal([(lots[2], 50L)], body.Held(fund));

        Assert.Equal([(lots[2], 30L)], Refund(30));
        Assert.Equal([(lots[2], 20L), (lots[1], 15L)], Refund(35));
        Assert.Equal([(lots[1], 85L), (lots[0], 100L)], Refund(185));

        Assert.Equal([(lots[0], 100L), (lots[1], 100L), (lots[2], 100L)], body.Held(fund));
        Assert.Equal((0, 300), (body.Balance(Account.Spent), body.Balance(Account.Cash)));
        Refused.MustBe(RefundPaymentRefusal.MoreThanPaid, body.Decide(new RefundPayment(payment, null, 1)));
        federation.MustHold();
    }

    [Fact]
    public void Refund_OfAllAtOnce_RestoresEveryPiece()
    {
        Assert.Equal([(lots[2], 50L), (lots[1], 100L), (lots[0], 100L)], Refund(250));
        Assert.Equal([100L, 100L, 50L], body.Books.Payments.Find(payment)!.Pieces.Select(piece => piece.RefundedPence));
        federation.MustHold();
    }

    [Fact]
    public void Refund_OfOneOfTwoPaymentsFromTheSameLot_RestoresItsOwnPiece()
    {
        var second = body.Do(body.Payment(fund, 50));

        body.Do(new RefundPayment(payment, null, 50));

        Assert.Equal(0, body.Books.Payments.Find(second)!.RefundedPence);
        Assert.Equal([0L, 0L, 50L], body.Books.Payments.Find(payment)!.Pieces.Select(piece => piece.RefundedPence));
        Assert.Equal([(lots[2], 50L)], body.Held(fund));
    }

    [Fact]
    public void Refund_ThatCanBeSpentAgain_IsDrawnInItsOldPlace()
    {
        Refund(250);

        Assert.Equal(lots[0], body.Books.Payments.Find(body.Do(body.Payment(fund, 10)))!.Pieces[0].Lot);
        federation.MustHold();
    }

    [Fact]
    public void Refund_OfManyPieces_IsRecordedInParts()
    {
        const int Most = Parts.MostParts * Parts.MostPieces;
        var pennies = Pieces.Pennies(body, Most);
        var many = body.Do(body.Payment(pennies, Most));

        var refund = body.Do(new RefundPayment(many, Write.Digest("Cancelled."), Most));

        var facts = body.Facts(refund).Select(fact => fact.PaymentRefunded).ToList();
        Assert.Equal(Enumerable.Repeat(256, Parts.MostParts), facts.Select(fact => fact.Pieces.Count));
        Assert.All(facts, fact => Assert.Equal((Most, many), (fact.AmountPence, EntryId.From(fact.Payment))));
        Assert.Equal(Most, body.Books.Payments.Find(many)!.RefundedPence);
        Assert.Equal(Most, body.Books.Lots.RemainingPence(pennies));
        federation.MustHold();
    }

    private IEnumerable<(LotId, long)> Refund(long pence) =>
        body.Facts(body.Do(new RefundPayment(payment, null, pence))).SelectMany(fact => fact.PaymentRefunded.Pieces)
            .Select(piece => (LotId.From(piece.Lot), piece.AmountPence)).ToList();
}
