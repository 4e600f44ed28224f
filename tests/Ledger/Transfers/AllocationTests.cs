namespace FundingFlows.Ledger.Tests;

/// <summary>Money that goes down: in two steps, piece by piece, and never for more than its parent was for.</summary>
public sealed class AllocationTests
{
    private readonly TestFederation federation = new();
    private readonly TestBody funder, recipient;
    private readonly string fund;

    public AllocationTests()
    {
        funder = federation.Add("GOV", Tier.CentralGovernment);
        recipient = federation.Add("E06000001", Tier.Council);
        fund = funder.Opens("places", Write.Share(Kind.Either, 5_000), Write.Share(Kind.Either, 3_000, Write.Led), Write.Share(Kind.Capital, 2_000));
        federation.Agrees(funder, recipient);
    }

    [Fact]
    public void Transfer_Sent_IsInTransitUntilTheSenderKnowsThatItArrived()
    {
        var lot = funder.Issues(fund, 1_000)[2];
        var award = federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Capital, 200));

        var transfer = funder.Sends(award, 0, 150);
        Assert.Equal((850, 150, 0), (funder.Balance(Account.Cash), funder.Balance(Account.InTransit), funder.Balance(Account.Granted)));
        Assert.Equal(50, lot.RemainingPence);
        Assert.Equal(0, recipient.Balance(Account.Cash));
        Assert.Equal(TransferStage.InTransit, funder.Books.Transfers.Find(transfer)!.State);
        Assert.Null(funder.Books.Transfers.Find(transfer)!.Answer);
        federation.MustHold();

        var sequence = funder.Books.Transfers.Find(transfer)!.Sequence;
        var receipt = recipient.Books.Next;
        federation.Deliver(funder, recipient.Id, sequence);
        Assert.Equal((150, 0), (funder.Balance(Account.InTransit), funder.Balance(Account.Granted)));
        Assert.Equal((150, 150), (recipient.Balance(Account.Received), recipient.Balance(Account.Cash)));
        federation.MustHold();

        federation.Answer(funder, recipient.Id, sequence);
        Assert.Equal((0, 150), (funder.Balance(Account.InTransit), funder.Balance(Account.Granted)));
        Assert.Equal(TransferStage.Settled, funder.Books.Transfers.Find(transfer)!.State);
        Assert.Equal(receipt, funder.Books.Transfers.Find(transfer)!.Answer);
        federation.MustHold();
    }

    [Fact]
    public void Transfer_OfSeveralPieces_MakesALotForEachWithOneParent()
    {
        var parents = Enumerable.Range(1, 5).Select(i => funder.Issues(fund, 100 * i)[0]).ToList();
        var award = federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Either, 700));

        var transfer = federation.Releases(funder, award, 0, 700);

        var lots = recipient.Books.Lots.All;
        Assert.Equal([50L, 100L, 150L, 200L, 200L], lots.Select(lot => lot.AmountPence));
        Assert.Equal(parents.Select(parent => (LotId?)parent.Id), lots.Select(lot => lot.Parent));
        Assert.Equal(parents.Select(parent => (LotId?)parent.Id), lots.Select(lot => lot.FunderLot));
        Assert.Equal(parents.Select(parent => parent.Origin), lots.Select(lot => lot.Origin));
        Assert.All(lots, lot => Assert.Equal(award, lot.Award));
        Assert.Equal(lots.Select(lot => lot.Id), recipient.Books.Transfers.FindReceived(transfer)!.Lots);
    }

    [Fact]
    public void Transfer_OfEitherPromisedAsCapital_ArrivesAsCapital()
    {
        funder.Issues(fund, 1_000);
        var award = federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Capital, 600));

        federation.Releases(funder, award, 0, 600);

        // The capital first, because it can be used for nothing else; then as much of either as is missing.
        Assert.Equal([200L, 400L], recipient.Books.Lots.All.Select(lot => lot.AmountPence));
        Assert.All(recipient.Books.Lots.All, lot => Assert.Equal(new FundLine(fund, Kind.Capital, Write.ThreeYears, EarmarkSet.None), lot.Line));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, recipient.Decide(recipient.Payment(fund, 1)));
        recipient.Do(recipient.Payment(fund, 600, Kind.Capital));
        federation.MustHold();
    }

    [Fact]
    public void Transfer_OfMoneyPromisedWithAnEarmark_ArrivesKeptForIt()
    {
        var kept = funder.Issues(fund, 1_000)[1].Id;
        var award = federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Revenue, 500, Write.Led));

        federation.Releases(funder, award, 0, 500);

        // What is kept for it goes first; the rest comes from money that was kept for nothing, and now is.
        Assert.Equal([(kept, 300L), (kept with { Ordinal = 0 }, 200L)], recipient.Books.Lots.All.Select(lot => (lot.Parent!.Value, lot.AmountPence)));
        Assert.All(recipient.Books.Lots.All, lot => Assert.Equal(Write.Kept(Write.Led), lot.Line.Earmarks));
        Assert.All(recipient.Books.Lots.All, lot => Assert.Equal(Kind.Revenue, lot.Line.Kind));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, recipient.Decide(recipient.Payment(fund, 1)));
        federation.MustHold();
    }

    [Fact]
    public void Release_OfMoneyKeptForMoreThanWasPromised_IsRefused()
    {
        funder.Issues(fund, 1_000);
        var award = federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Revenue, 501));

        var decision = funder.Decide(funder.Release(award, 0, 501));

        // £3 is kept for forums and £2 is capital: neither could be used for all that was promised.
        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, decision);
        Assert.Equal((Write.Led, "300", "500"), (decision.Refusal!.Details["ring_fence"], decision.Refusal.Details["kept_pence"], decision.Refusal.Details["usable_pence"]));
    }
}
