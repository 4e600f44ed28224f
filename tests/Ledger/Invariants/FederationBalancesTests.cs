namespace FundingFlows.Ledger.Tests;

/// <summary>By source and by fund: all that was issued is held, spent, surrendered or on its way.</summary>
public sealed class FederationBalancesTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Money_ThatClaimsAParentNobodySees_IsFoundBySourceAndByFund()
    {
        // It is not issued, for it has a parent; and it came from nowhere.
        var issued = stage.Government.Decide(new IssueMoney(stage.Fund, Write.Vote(), 1_000)).Facts[0];
        foreach (var lot in issued.MoneyIssued.Lots)
            lot.Parent = new LotId(new EntryId("elsewhere", 1, 5), 0).ToRef();

        stage.Government.Append(issued);

        var findings = InvariantTests.MustBreak(Invariant.FederationBalances, stage.Federation);
        Assert.Equal(
            [
                "GOV, ParliamentaryVote main-estimate-2026-27: £1,000 was issued, but £1,010 is held, spent, surrendered or on its way.",
                "GOV.places: £1,000 was issued, but £1,010 is held, spent, surrendered or on its way.",
            ],
            findings);
    }

    [Fact]
    public void Money_ReceivedTwice_IsFound()
    {
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        stage.Federation.Settle();
        var again = stage.Council.Facts(stage.Council.Books.Next with { Index = stage.Council.Books.Size - 1 })[0];
        again.TransferReceived.Delivery.Sequence++;

        stage.Council.Append(again);

        Assert.Contains(Invariant.FederationBalances, stage.Federation.Check().Where(result => !result.Holds).Select(result => result.Invariant));
    }

    [Fact]
    public void Money_OnItsWay_CountsWhereItWasSent()
    {
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        stage.Federation.MustHold();

        stage.Federation.Deliver(stage.Government, stage.Council.Id, stage.Government.Books.Deliveries.Unanswered(stage.Council.Id).Keys.Single());
        stage.Federation.MustHold();
    }
}
