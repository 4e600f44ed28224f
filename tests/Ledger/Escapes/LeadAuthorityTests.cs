namespace FundingFlows.Ledger.Tests;

/// <summary>Money that passes through a lead authority is as bound at the other councils as it was when it was issued.</summary>
public sealed class LeadAuthorityTests
{
    private readonly Stage stage = new();
    private readonly TestBody neighbour;
    private readonly EntryId award;

    public LeadAuthorityTests()
    {
        neighbour = stage.Federation.Add("E06000002", Tier.Council);
        var agreement = stage.Council.Do(new ProposeAgreement(neighbour.Id, AgreementBasis.LeadAuthority));
        stage.Federation.Settle();
        neighbour.Do(new AcceptAgreement(agreement));
        stage.Federation.Settle();
        award = stage.Federation.Awards(
            stage.Council, neighbour, stage.Fund, Write.Promise(2026, Kind.Revenue, 5_000, Write.Led), Write.Promise(2026, Kind.Capital, 5_000));
        stage.Federation.Releases(stage.Council, award, 0, 4_000);
        stage.Federation.Releases(stage.Council, award, 1, 3_000);
    }

    [Fact]
    public void MoneyForForums_AtTheOtherCouncil_CannotBeSpentByIt()
    {
        var decision = neighbour.Run(neighbour.Payment(stage.Fund, 100));

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, decision);
        Assert.Equal(Write.Led, decision.Refusal!.Details["ring_fence"]);
    }

    [Fact]
    public void Capital_AtTheOtherCouncil_IsNotRevenue() =>
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, neighbour.Run(neighbour.Payment(stage.Fund, 3_001, Kind.Capital)));

    [Fact]
    public void MoneyForForums_PassedOnWithoutItsEarmark_IsRefused()
    {
        stage.Federation.Agrees(neighbour, stage.Forum);
        var loose = stage.Federation.Awards(neighbour, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000));

        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, neighbour.Run(neighbour.Release(loose, 0, 100)));
    }

    [Fact]
    public void MoneyForForums_PassedOnToOne_IsSpentThereAsItWasMeant()
    {
        stage.Federation.Agrees(neighbour, stage.Forum);
        var kept = stage.Federation.Awards(neighbour, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000, Write.Led));
        stage.Federation.Releases(neighbour, kept, 0, 500);

        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 6_500));

        stage.Federation.MustHold();
    }

    [Fact]
    public void Fund_BackToTheLeadAuthority_IsRefusedAsACircle()
    {
        Refused.MustBe(ProposeAgreementRefusal.Circular, neighbour.Run(new ProposeAgreement(stage.Council.Id)));
        var shared = neighbour.Do(new ProposeAgreement(stage.Council.Id, AgreementBasis.SharedService));
        stage.Federation.Settle();
        stage.Council.Do(new AcceptAgreement(shared));
        stage.Federation.Settle();

        Refused.MustBe(OfferAwardRefusal.Circular, neighbour.Run(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)])));
    }
}
