namespace FundingFlows.Ledger.Tests;

/// <summary>What is claimed back can be used for nothing else, and what was spent before is met with nobody else's money.</summary>
public sealed class ClaimedBackTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Money_ThatIsClaimed_GoesNowhereElse()
    {
        var pot = stage.Government.OpensPot("pot", [stage.Fund], Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(pot, 700);
        var award = stage.Federation.Awards(stage.Government, stage.Council, pot, Write.Promise(2026, Kind.Revenue, 700));
        stage.Federation.Releases(stage.Government, award, 0, 700);
        stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Reason, 700));
        stage.Federation.Settle();

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(pot, 1)));
        Refused.MustBe(ReserveRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Reservation(pot, 1)));
        Refused.MustBe(RecordLiabilityRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Liability(pot, 1)));
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, stage.Council.Decide(new RepayUnderspend(award, null, 1)));
        Refused.MustBe(MergePotsRefusal.NothingToMerge, stage.Council.Decide(new MergePots(pot, stage.Fund, null, 10)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Money_SpentBeforeItWasClaimed_IsNotMetWithAnotherAward()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 8_000));
        var other = stage.Government.Opens("other", Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(other, 9_000);
        stage.Federation.Releases(stage.Government, stage.Federation.Awards(stage.Government, stage.Council, other, Write.Promise(2026, Kind.Revenue, 9_000)), 0, 9_000);
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 16_000);

        var claim = stage.Claims(5_000);

        Refused.MustBe(SettleClawbackRefusal.NotEnoughMoney, stage.Council.Decide(new SettleClawback(claim, 1)));
        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(new ClaimClawback(stage.CouncilAward, Kind.Revenue, EarmarkSet.None, Write.Reason, 5_000)));
        stage.Federation.MustHold();
    }
}
