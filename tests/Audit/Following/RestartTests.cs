using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor knows when it starts again, and what bodies may have done meanwhile.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Auditor_StartedAgain_KnowsTheSameFromItsOwnCopy()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        federation.Report();
        var before = await auditing.ReconciledAsync();
        var tracesBefore = await auditing.TracesAsync();

        await auditing.StopAuditorAsync();
        // Bodies that show nothing any more: whatever is known of them can only come from the copy.
        var sizes = federation.All.ToDictionary(journal => journal.Body, journal => journal.Size);
        foreach (var journal in federation.All)
            journal.Shown = 1;
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(
            async () => (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals,
            journals => journals.All(journal => (long)journal.Applied == sizes[journal.Body]), "the copies being read");
        var fromCopy = await auditing.Audit.ReconcileAsync(new ReconcileRequest());
        var tracesFromCopy = await auditing.TracesAsync();
        foreach (var journal in federation.All)
            journal.Shown = long.MaxValue;
        var after = await auditing.CompleteAsync();

        // The checkpoints that it was verified against were kept with the copy.
        Assert.Equal(2, tracesFromCopy.Count);
        Assert.Equal(before, fromCopy);
        Assert.Equal(tracesBefore, tracesFromCopy);
        Assert.Equal(before, after);
        Assert.Equal(tracesBefore, await auditing.TracesAsync());
        Assert.All(tracesBefore, trace => Assert.True(trace.Holds));
    }

    [Fact]
    public async Task Auditor_StartedAgainWhileBodiesAreDown_KnowsThemFromItsOwnCopy()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        foreach (var journal in federation.All)
            journal.IsDown = true;
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(
            async () => (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals,
            journals => journals.All(journal => (long)journal.Applied == federation[journal.Body].Size), "the copies being read");
        Assert.NotEmpty((await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = Forum })).Payments);

        foreach (var journal in federation.All)
            journal.IsDown = false;
        Assert.True((await auditing.CompleteAsync()).Reconciled);
    }

    [Fact]
    public async Task Auditor_StartedAgain_GoesOnWhereItWas()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        await auditing.ReconciledAsync();

        await auditing.StopAuditorAsync();
        federation.Release(toForum, Kind.Either, 10_00, ForForums);
        federation.Carry();
        var payment = federation.Pay(Forum, Kind.Revenue, 155_00);
        await auditing.StartAuditorAsync();
        await auditing.ReconciledAsync();
        var books = await auditing.CompleteAsync();

        Assert.True(books.Reconciled);
        Assert.Equal(federation.All.Sum(journal => journal.Size), books.Entries);
        Assert.True((await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() })).Holds);
    }

    /// <summary>Nothing is asked of a body that is in the copy: the first question begins where the copy ends.</summary>
    [Fact]
    public async Task Auditor_StartedAgain_AsksEveryBodyFromItsCursorOn()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();
        foreach (var journal in federation.All)
        {
            Assert.Contains(0, journal.AskedFrom);
            journal.AskedFrom.Clear();
        }

        await auditing.StartAuditorAsync();

        foreach (var journal in federation.All)
        {
            await Wait.UntilAsync(() => !journal.AskedFrom.IsEmpty, $"{journal.Body} being asked");
            Assert.All(journal.AskedFrom, from => Assert.Equal(journal.Size, from));
        }
    }

    [Fact]
    public async Task Body_ThatRewroteItsHistoryMeanwhile_IsNotBelieved()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        federation[Forum].Rewrite(federation[Forum].Size - 1);
        federation.Pay(Forum, Kind.Revenue, 40_00);
        federation.Pay(Forum, Kind.Revenue, 1_00);
        var honest = federation.Pay(Council, Kind.Capital, 1_00);
        await auditing.StartAuditorAsync();
        var books = await auditing.ReconciledAsync();

        var finding = Assert.Single(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal($"The journal of {Forum} is not believed: its signed root of {federation[Forum].Size} entries is not the root of those that it gave", finding);
        Assert.False(books.Reconciled);
        await auditing.HoldsAsync(honest);
        // What was verified before is what is still shown.
        Assert.Equal(50_01, (await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = Forum })).Payments.Single().AmountPence);
    }

    [Fact]
    public async Task Body_ThatShowsLessThanBefore_IsWaitedForAndThenBelieved()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        federation[Forum].Shown = 3;
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(
            async () => (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == Forum),
            journal => (long)journal.Applied == federation[Forum].Size, "the copy being read");
        await auditing.CompleteAsync();

        federation[Forum].Shown = long.MaxValue;
        federation.Pay(Forum, Kind.Revenue, 1_00);
        await auditing.ReconciledAsync();
        Assert.True((await auditing.CompleteAsync()).Reconciled);
    }
}
