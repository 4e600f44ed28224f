namespace FundingFlows.Ledger.Tests;

/// <summary>Money that was merged, and is too late to be used when its year is closed, can still go back to where it came from.</summary>
public sealed class MergedAndClosedTests
{
    private readonly TestFederation federation = new();
    private readonly TestBody government;
    private readonly TestBody council;
    private readonly string small;
    private readonly string flexible;
    private readonly EntryId award;

    public MergedAndClosedTests()
    {
        government = federation.Add("GOV", Tier.CentralGovernment);
        council = federation.Add("E06000001", Tier.Council);
        flexible = government.OpensPot("flexible", [], Write.Share(Kind.Either, 10_000));
        government.Do(Write.Fund("small", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([flexible], CarryForwardBasisPoints: ClosingTown.Tenth) });
        small = "GOV.small";
        government.Issues(small, 1_000);
        government.Issues(flexible, 1_000);
        federation.Agrees(government, council);
        award = federation.Awards(government, council, small, Write.Promise(2026, Kind.Revenue, 1_000));
        federation.Awards(government, council, flexible, Write.Promise(2026, Kind.Revenue, 1_000));
        federation.Releases(government, award, 0, 1_000);
        council.Merges(small, flexible);
        ClosingTown.Closes(council);
    }

    [Fact]
    public void Money_HeldForItsWayBack_IsRelabelledBackAndRepaid()
    {
        Assert.Equal(900, ClosingTown.ToReturn(council));
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, council.Decide(new RepayUnderspend(award, null, 900)));

        var back = council.Merges(flexible, small);

        Assert.Equal([100, 900], back.Select(lot => lot.AmountPence));
        Assert.Equal([100, 0], back.Select(lot => lot.FreePence));
        Assert.Equal(900, ClosingTown.ToReturn(council));
        Assert.Equal(Dump.Of(council.Books), Dump.Of(Replay.Of(council)));
        federation.Repays(council, award, 1_000);
        Assert.Equal((0, 1_000), (council.Balance(Account.Cash), government.Books.Lots.RemainingPence(small)));
        Assert.Equal(0, ClosingTown.ToReturn(council));
        federation.MustHold();
    }

    [Fact]
    public void Money_HeldForItsWayBack_StaysSoWhateverFundItIsIn()
    {
        council.Merges(flexible, small);

        Refused.MustBe(MergePotsRefusal.NothingToMerge, Again(council.Merges(small, flexible)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, council.Decide(council.Payment(flexible, 101) with { Year = 2027, PaidOn = new DateOnly(2027, 5, 1) }));

        // The free tenth goes to and fro; so does what is held for its way back, which stays held.
        Decision Again(IReadOnlyList<Lot> merged)
        {
            Assert.Equal(1_000, merged.Sum(lot => lot.AmountPence));
            Assert.Equal(900, ClosingTown.ToReturn(council));
            return council.Decide(new MergePots(small, flexible, null, 1));
        }
    }
}
