using CsCheck;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>
/// Random small histories by the real rules, each journal seen only so far: whatever moment the auditor looks at, every pound
/// is somewhere, once, and no honest body is accused.
/// </summary>
public sealed class RandomHistoryTests
{
    /// <summary>For each of four moments how much of each journal is seen, in hundredths.</summary>
    private static readonly Gen<int[][]> Moments = Gen.Int[0, 100].Array[4].Array[4];

    [Fact]
    public void History_SeenUpToAnyMoments_IsAccountedForToThePenny() =>
        Gen.Select(RandomHistory.Any, Moments).Sample((history, moments) => CheckAsync(history, moments).GetAwaiter().GetResult(), iter: 12, threads: 1);

    private static async Task CheckAsync((RandomHistory.Deed Deed, int Which, int Much)[] history, int[][] moments)
    {
        var federation = new ForgedFederation();
        var seen = federation.All.ToDictionary(journal => journal.Body, journal => journal.Size);
        RandomHistory.Play(federation, history);
        foreach (var journal in federation.All)
            journal.Shown = seen[journal.Body];
        await using var auditing = await Auditing.StartAsync(federation);
        foreach (var moment in moments.Append([100, 100, 100, 100]))
        {
            foreach (var (journal, share) in federation.All.Zip(moment))
                seen[journal.Body] = Math.Max(seen[journal.Body], RandomHistory.Whole(journal, journal.Size * share / 100));
            foreach (var journal in federation.All)
                journal.Shown = seen[journal.Body];
            await LookAsync(federation, auditing, seen);
        }
    }

    private static async Task LookAsync(ForgedFederation federation, Auditing auditing, Dictionary<string, long> seen)
    {
        var books = await auditing.ReconciledAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        var known = federation.All.Select(journal => Replayed(journal, seen[journal.Body])).ToList();
        var issued = known.Sum(one => one.Accounts.Total[Account.Issued]);
        Assert.Equal(issued, books.IssuedPence);
        Assert.Equal(known.Sum(one => one.Payments.All.Count), books.Payments);
        if (issued == 0)
            return;
        var forward = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = 1_000 });
        Assert.Equal(issued, forward.AmountPence);
        if (books.Complete)
            Assert.Equal(Oracle(known), forward.Shares.Select(share => (share.Body, share.HeldPence, share.SpentPence)).Order());
        foreach (var payment in (await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest { PageSize = 10 })).Payments)
            await CheckAsync(federation, auditing, payment, books.Complete);
    }

    private static async Task CheckAsync(ForgedFederation federation, Auditing auditing, AuditedPayment payment, bool complete)
    {
        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.Id });
        Assert.True(trace.Holds);
        Assert.Equal(payment.AmountPence, trace.Paths.Sum(path => path.AmountPence));
        foreach (var path in trace.Paths)
        {
            // Each step names the lot that the one before it made: the chain of parents, found here by hand.
            var lots = new List<string>();
            Assert.True(LotId.TryParse(path.Steps[^1].Lot, out var id));
            for (LotId? at = id; at is { } lot && federation[lot.Entry.Body].Books.Lots.Find(lot) is { } found; at = found.Parent)
                lots.Insert(0, lot.ToString());
            var told = path.Steps.Where(step => step.Kind is StepKind.Issued or StepKind.Received or StepKind.Reversed or StepKind.Relabelled).Select(step => step.Lot).ToList();
            Assert.Equal(lots.TakeLast(told.Count), told);
            Assert.True(!complete || told.Count == lots.Count);
        }
    }

    /// <summary>Where the money is, by what lots and payments say themselves.</summary>
    private static IEnumerable<(string Body, long Held, long Spent)> Oracle(List<Books> known) => known
        .Where(one => one.Lots.All.Count > 0)
        .Select(one => (one.Body, one.Lots.All.Sum(lot => lot.RemainingPence), one.Payments.All.Sum(payment => payment.AmountPence - payment.RefundedPence)))
        .Order();

    private static Books Replayed(ForgedJournal journal, long size)
    {
        var books = new Books();
        for (var i = 0L; i < size; i++)
            books.Apply(journal.EntryAt(i));
        return books;
    }
}
