using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Fire;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the auditor must say so that a run holds: that it has seen all of every journal, has made all its checks, and that they hold.</summary>
public sealed class AuditorsViewTests
{
    private readonly JournalCopy journal = new("ashby");
    private readonly AuditorsView view;

    public AuditorsViewTests()
    {
        journal.Write(new Fact { Genesis = new Genesis() }, new Fact { FundOpened = new FundOpened() });
        var books = new ReconcileResponse { Reconciled = true, Complete = true, Bodies = 1, Entries = 2, IssuedPence = 9, HeldPence = 5, SpentPence = 4 };
        books.Checks.Add(Enum.GetValues<Check>().Where(check => check != Check.Unspecified).Select(check => new CheckResult { Check = check, Holds = true, Examined = 3 }));
        view = new AuditorsView([new JournalCoverage { Body = "ashby", Epoch = 1, Applied = 2, Known = 2, Registered = true }], books);
    }

    private CheckResult Lots => view.Books.Checks.Single(check => check.Check == Check.LotsInBounds);

    private string Finding => Assert.Single(view.Findings([journal]));

    [Fact]
    public void Auditor_ThatHasSeenAllAndFoundNothing_IsNoFinding() => Assert.Empty(view.Findings([journal]));

    [Fact]
    public void Auditor_ThatMadeNoChecks_IsFoundForEachOfThem()
    {
        view.Books.Checks.Clear();

        Assert.Equal(Enum.GetValues<Check>().Length - 1, view.Findings([journal]).Count(finding => finding.StartsWith("The auditor has not made its check ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Auditor_WithoutOneCheck_IsFound()
    {
        view.Books.Checks.Remove(Lots);

        Assert.Equal("The auditor has not made its check LotsInBounds.", Finding);
    }

    [Fact]
    public void Check_ThatLookedAtNothing_IsFound()
    {
        Lots.Examined = 0;

        Assert.Equal("The auditor's check LotsInBounds has looked at nothing.", Finding);
    }

    [Fact]
    public void Check_OfWhatNeedNotBeThere_MayHaveLookedAtNothing()
    {
        view.Books.Checks.Single(check => check.Check == Check.ReportsRecomputed).Examined = 0;

        Assert.Empty(view.Findings([journal]));
    }

    [Theory]
    [InlineData("", "The auditor's check LotsInBounds does not hold: it does not say why.")]
    [InlineData("a lot is below zero.", "The auditor's check LotsInBounds does not hold: a lot is below zero.")]
    public void Check_ThatDoesNotHold_IsFoundWithOrWithoutAWord(string why, string finding)
    {
        Lots.Holds = false;
        if (why.Length > 0)
            Lots.Findings.Add(why);

        Assert.Equal(finding, Finding);
    }

    [Fact]
    public void Auditor_ThatDoesNotReconcile_IsFound()
    {
        view.Books.Reconciled = false;

        Assert.Equal("The auditor says that the books do not reconcile.", Finding);
    }

    [Fact]
    public void Auditor_ThatIsNotComplete_IsFound()
    {
        view.Books.Complete = false;

        Assert.StartsWith("The auditor says that it has not seen everything", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Auditor_ThatIsBehind_IsFound()
    {
        view.Journals[0].Applied = 1;

        Assert.Equal("The auditor has applied 1 of the 2 entries of ashby.", Finding);
    }

    [Fact]
    public void Auditor_WhoseAnswerStandsOnLess_IsFound()
    {
        view.Books.Entries = 1;

        Assert.Equal("The auditor's answer stands on 1 entries of 1 bodies; there are 2 of 1.", Finding);
    }

    [Fact]
    public void Journal_WithoutRegistration_IsFound()
    {
        view.Journals[0].Registered = false;

        Assert.Equal("The auditor has seen no registration of ashby.", Finding);
    }

    [Fact]
    public void Journal_ThatIsNotFollowed_IsFound() =>
        Assert.Contains("The auditor follows no journal of ashby.", (view with { Journals = [] }).Findings([journal]));

    [Theory]
    [InlineData("a fork", "", "The auditor has put the journal of ashby into quarantine: a fork")]
    [InlineData("", "a flipped bit", "The auditor's own copy of the journal of ashby is damaged: a flipped bit")]
    public void Journal_InQuarantineOrDamaged_IsFound(string quarantined, string damaged, string finding)
    {
        (view.Journals[0].Quarantined, view.Journals[0].OwnCopyDamaged) = (quarantined, damaged);

        Assert.Equal(finding, Finding);
    }

    [Fact]
    public void Penny_ThatTheAuditorMisses_IsFound()
    {
        view.Books.SpentPence--;

        Assert.Equal("The auditor counts 9 pence issued, 5 held, 3 spent and 0 surrendered.", Finding);
    }

    [Fact]
    public void Money_OnItsWay_IsFound()
    {
        view.Books.InTransitPence = 1;

        Assert.StartsWith("1 pence in 0 transfers are still on their way", Finding, StringComparison.Ordinal);
    }
}
