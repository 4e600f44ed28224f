namespace FundingFlows.Ledger.Tests;

/// <summary>Reports say whose money it is and who pays, so that nobody takes one for the other.</summary>
public sealed class AgencyTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Report_OfAForum_NamesWhoKeepsItsMoney()
    {
        Assert.Equal((true, ""), Told(stage.Forum, stage.Council));
        stage.Keeps();

        Assert.Equal((true, stage.Council.Id), Told(stage.Forum, stage.Council));
    }

    [Fact]
    public void Report_OfAnAccountableBody_SaysWhatItPaidForWhomAndSpentNoneOfIt()
    {
        var before = Report(stage.Council, stage.Government);
        var other = stage.Federation.Add("forum-0", Tier.NeighbourhoodForum);
        stage.Federation.Agrees(stage.Council, other);
        stage.Federation.Releases(stage.Council, stage.Federation.Awards(stage.Council, other, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000, Write.Led)), 0, 1_000);
        stage.Federation.Keeps(stage.Council, other);
        foreach (var pence in (long[])[200, 300])
            stage.Executes(stage.Instructs(pence));
        stage.Refuses(stage.Instructs(400));
        stage.Instructs(stage.Paying(500));
        var instruction = other.Do(other.Payment(stage.Fund, 700));
        stage.Federation.Settle();
        stage.Council.Do(Instructed.Executing(instruction));
        stage.Federation.Settle();

        var after = Report(stage.Council, stage.Government);

        Assert.Equal([("forum-0", 700L), ("forum-1", 500L)], after.PaidAsAgent.Select(paid => (paid.Principal, paid.PaidPence)));
        Assert.Empty(before.PaidAsAgent);
        Assert.Equal((before.Totals.SpentPence, 0), (after.Totals.SpentPence, after.Lines.Sum(line => line.SpentPence)));
        var received = Assert.Single(stage.Government.Books.Reports.Latest(stage.Fund));
        Assert.Equal((after.Agent, after.PaidAsAgent), (received.Agent, received.PaidAsAgent));
    }

    [Fact]
    public void Report_OfAnotherFund_SaysNothingOfThisOne()
    {
        stage.Executes(stage.Instructs());

        Assert.Empty(stage.Council.Books.Instructions.PaidAsAgent("GOV.parks"));
    }

    private (bool Says, string Agent) Told(TestBody body, TestBody funder) => (Report(body, funder).HasAgent, Report(body, funder).Agent);

    private ReportSubmitted Report(TestBody body, TestBody funder)
    {
        var report = body.Do(new SubmitReport(stage.Fund, funder.Id));
        stage.Federation.Settle();
        return body.Books.Reports.Find(report)!.Figures;
    }
}
