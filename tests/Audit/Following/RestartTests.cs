using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor keeps, and what becomes of it when something fails or the auditor starts again.</summary>
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
        var tracesBefore = await TracesAsync(auditing);

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
        foreach (var journal in federation.All)
            journal.Shown = long.MaxValue;
        var after = await Wait.UntilAsync(async () => await auditing.Audit.ReconcileAsync(new ReconcileRequest()), found => found.Complete, "checkpoints again");

        // Nothing covers the copy with a signature until its body has shown one.
        Assert.False(fromCopy.Complete);
        Assert.True(fromCopy.Reconciled);
        Assert.Equal(before.Checks, fromCopy.Checks);
        Assert.Equal(before, after);
        Assert.Equal(tracesBefore, await TracesAsync(auditing));
        Assert.All(tracesBefore, trace => Assert.True(trace.Holds));
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
        var books = await auditing.ReconciledAsync();

        Assert.True(books.Reconciled && books.Complete);
        Assert.Equal(federation.All.Sum(journal => journal.Size), books.Entries);
        Assert.True((await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() })).Holds);
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
        Assert.True((await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = honest.ToString() })).Holds);
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
        Assert.False((await auditing.Audit.ReconcileAsync(new ReconcileRequest())).Complete);

        federation[Forum].Shown = long.MaxValue;
        Assert.True((await Wait.UntilAsync(async () => await auditing.Audit.ReconcileAsync(new ReconcileRequest()), found => found.Complete, "the whole journal")).Reconciled);
    }

    [Fact]
    public async Task Copy_ThatCannotBeWrittenForAWhile_CostsNoBodyItsCredit()
    {
        var federation = new ForgedFederation();
        var archive = new FailingArchive { FailingWrites = 6 };
        await using var auditing = await Auditing.StartAsync(federation, archive.StandBefore);
        federation.PlayFourTiers();

        var books = await auditing.ReconciledAsync();

        Assert.Equal(0, archive.FailingWrites);
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        await auditing.StopAuditorAsync();
        await auditing.StartAuditorAsync();
        Assert.True((await auditing.ReconciledAsync()).Complete);
        Assert.All(await TracesAsync(auditing), trace => Assert.True(trace.Holds));
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

        var archive = new FailingArchive { FailingReads = 9 };
        await auditing.StartAuditorAsync(archive.StandBefore);
        var books = await auditing.ReconciledAsync();
        books = await Wait.UntilAsync(async () => await auditing.Audit.ReconcileAsync(new ReconcileRequest()), found => found.Complete, "checkpoints again");

        Assert.Equal(0, archive.FailingReads);
        Assert.Equal(before, books);
        Assert.Equal(forwardBefore, await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId }));
    }

    private static async Task<IReadOnlyList<TracePaymentResponse>> TracesAsync(Auditing auditing)
    {
        var traces = new List<TracePaymentResponse>();
        foreach (var payment in (await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments)
            traces.Add(await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.Id }));
        return traces;
    }

    /// <summary>Stands before the real archive and fails as a store does, a few times.</summary>
    private sealed class FailingArchive : IReplicaArchive
    {
        private readonly Lock gate = new();
        private IReplicaArchive real = null!;

        public int FailingWrites { get; set; }

        public int FailingReads { get; set; }

        public void StandBefore(IServiceCollection services) => services.AddSingleton<IReplicaArchive>(provider =>
        {
            real = provider.GetRequiredService<Archive>();
            return this;
        });

        public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            var given = 0;
            await foreach (var bytes in real.ReadAsync(journal, from, cancellation))
            {
                if (++given > 2)
                    FailIf(() => FailingReads > 0, () => FailingReads--);
                yield return bytes;
            }
        }

        public Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
        {
            FailIf(() => FailingWrites > 0, () => FailingWrites--);
            return real.KeepAsync(journal, verified, root, cancellation);
        }

        private void FailIf(Func<bool> fails, Action count)
        {
            lock (gate)
            {
                if (!fails())
                    return;
                count();
            }
            throw new StoreException(StoreFault.Full, "There is no room on the disk.");
        }
    }
}
