using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor's own copy fails at for a while is tried again, and is nobody's fault.</summary>
public sealed class FailingCopyTests
{
    [Fact]
    public async Task Copy_ThatCannotBeWrittenForAWhile_CostsNoBodyItsCredit()
    {
        var federation = new ForgedFederation();
        var archive = new FailingArchive { FailingWrites = 4 };
        await using var auditing = await Auditing.StartAsync(federation, archive.StandBefore);
        federation.PlayFourTiers();

        var books = await auditing.ReconciledAsync();

        Assert.Equal(0, archive.FailingWrites);
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        await auditing.StopAuditorAsync();
        await auditing.StartAuditorAsync();
        Assert.True((await auditing.CompleteAsync()).Reconciled);
        Assert.All(await auditing.TracesAsync(), trace => Assert.True(trace.Holds));
    }

    [Fact]
    public async Task Copy_ThatIsReadInSeveralAttempts_IsTakenInOnce()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var before = await auditing.ReconciledAsync();
        var forwardBefore = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId });
        await auditing.StopAuditorAsync();

        var archive = new FailingArchive { FailingReads = 5 };
        await auditing.StartAuditorAsync(archive.StandBefore);
        var books = await auditing.ReconciledAsync();
        books = await auditing.CompleteAsync();

        Assert.Equal(0, archive.FailingReads);
        Assert.Equal(before, books);
        Assert.Equal(forwardBefore, await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId }));
    }
}
