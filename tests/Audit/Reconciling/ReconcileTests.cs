using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What honest books reconcile to, and how much is shown of others.</summary>
public sealed class ReconcileTests(PlayedStory story)
{
    [Fact]
    public async Task Books_OfAPlayedStory_HoldToThePenny()
    {
        var books = await story.Officers.Audit.ReconcileAsync(new ReconcileRequest());

        Assert.True(books is { Reconciled: true, Complete: true });
        // Nobody in the story has set a standing instruction; in the sample year somebody has.
        Assert.All(books.Checks, check => Assert.True(
            check is { Holds: true, Findings.Count: 0 } && check.Examined > 0 != (check.Check == Check.PassedOnAsInstructed), $"{check}"));
        Assert.Equal(17, books.Checks.Count);
        const long Spent = 62_000_00 + 4_000_01 - 1_01 + 5_300_00 + 12_34;
        const long Issued = PlayedStory.FirstIssue + PlayedStory.SecondIssue;
        Assert.Equal((Issued, Issued - Spent, 0L, Spent, 0L), (books.IssuedPence, books.HeldPence, books.InTransitPence, books.SpentPence, books.SurrenderedPence));
        Assert.Equal((8, 4, 3), (books.Bodies, books.Payments, books.Reports));
        Assert.Equal(8, books.Transfers);
        // Two issues of three lots; then a lot for each piece that arrived.
        Assert.Equal(6 + 2 + 2 + 1 + 1 + 1 + 1 + 2 + 2, books.Lots);
        Assert.Empty(books.InTransit);
    }

    [Fact]
    public async Task Findings_MoreThanAreShown_AreCut()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        for (var i = 0; i < 105; i++)
            federation.PayFrom(federation.ForForumsAt(Council), 1);

        var books = await auditing.ReconciledAsync();

        var containment = books.Checks.Single(check => check.Check == Check.Containment);
        Assert.Equal(100, containment.Findings.Count);
        Assert.False(containment.Holds);
        Assert.True(containment.Examined > 105);
    }

    [Fact]
    public async Task Money_ThatIsNowhere_IsNamedBySourceAndFund()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.ReleaseToForum();
        federation.Receive(Council, Forum, fact => fact.TransferReceived.Lots.Single().AmountPence--);

        var books = await auditing.ReconciledAsync();

        Assert.Equal(
            [
                $"{Central}, ParliamentaryVote estimate-2026-27-second: £600 was issued, but £599.99 is held, spent, surrendered or on its way.",
                $"{FundId}: £1,000 was issued, but £999.99 is held, spent, surrendered or on its way.",
            ],
            books.Checks.Single(check => check.Check == Check.FederationBalances).Findings);
    }
}
