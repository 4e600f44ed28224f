using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>A journal that contradicts itself, its signature or its form is named and no longer believed; the others go on.</summary>
public sealed class QuarantineTests
{
    public static TheoryData<string> Names => [.. Unbelievable.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Journal_ThatCannotBeBelieved_IsNamedAndTheOthersGoOn(string lie)
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();

        var broken = federation[Council].Next;
        Unbelievable.All[lie].Tell(federation[Council]);
        var payment = federation.Pay(Forum, Kind.Revenue, 1_00);
        await Wait.UntilAsync(async () => (await auditing.CoverageAsync(Council)).Quarantined, sentence => sentence.Length > 0, "the quarantine");
        var books = await auditing.ReconciledAsync();

        var verified = books.Checks.Single(check => check.Check == Check.JournalsVerified);
        Assert.StartsWith($"The journal of {Council} is not believed: ", Assert.Single(verified.Findings), StringComparison.Ordinal);
        Assert.Contains(Unbelievable.All[lie].Says, verified.Findings.Single(), StringComparison.Ordinal);
        Assert.False(books.Reconciled);
        Assert.False(verified.Holds);
        // An entry that breaks off half-way may be in the books by half: then that entry is named, and nothing else.
        Assert.All(books.Checks.Where(check => check != verified).SelectMany(check => check.Findings), finding => Assert.Contains($" {broken} ", finding, StringComparison.Ordinal));
        Assert.Equal(verified.Findings.Single(), (await auditing.Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies.Single(body => body.Id == Council).Quarantined);
        // What the council said before is still known, so the forum's payment is traced through it.
        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        Assert.True(trace.Holds);
        Assert.Equal([Central, Central, Region, Region, Council, Council, Forum, Forum], trace.Paths.Single().Steps.Select(step => step.Body));
    }

    [Fact]
    public async Task Journal_ThatBrokeTheRules_IsNotBelievedAfterARestartEither()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        Unbelievable.All["a payment from a lot that is not there"].Tell(federation[Council]);
        var before = await Wait.UntilAsync(() => auditing.CoverageAsync(Council), journal => journal.Quarantined.Length > 0, "the quarantine");
        await auditing.StopAuditorAsync();

        // It shows nothing of it any more; the copy remembers.
        federation[Council].Shown = 1;
        await auditing.StartAuditorAsync();
        var after = await Wait.UntilAsync(() => auditing.CoverageAsync(Council), journal => journal.Quarantined.Length > 0, "the quarantine again");
        var books = await auditing.ReconciledAsync();

        Assert.Equal(before.Quarantined, books.Checks.Single(check => check.Check == Check.JournalsVerified).Findings.Single());
        Assert.Equal((before.Applied, before.Quarantined), (after.Applied, after.Quarantined));
    }
}
