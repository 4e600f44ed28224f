using System.Collections.Concurrent;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>However much waits for who was away, it is delivered from the journal alone after a restart: in order, once, and never more of it in memory than one batch.</summary>
public sealed class BacklogTests
{
    private const int Backlog = 640;
    private const int MostAtOnce = 256;

    [Fact]
    public async Task Backlog_OfManyBatches_IsDeliveredAfterARestartOfTheSenderInOrderABatchAtATime()
    {
        var (meddler, batches, decided, ahead) = (new Meddler(), new ConcurrentQueue<CourierMessage>(), 0L, 0);
        await using var federation = await TestFederation.StartAsync(options =>
        {
            options.WithAudit = false;
            options.Configure = (_, services) => meddler.Join(services);
        });
        var officers = federation.Officers;
        await officers.AgreeAsync(Central, Region);
        await officers.AgreeAsync(Region, Hartlepool);
        await officers.OpenFundAsync();
        await officers.IssueAsync(1_000_000_00);
        await officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
        var award = await officers.AwardAsync(Region, Hartlepool, Kind.Capital, 200_000_00);
        await Wait.UntilAsync(() => UnansweredAsync(federation), left => left == 0, "nothing on its way");
        await federation.StopAsync(CouncilB);
        var sent = new List<Transfer>();
        foreach (var some in Enumerable.Range(0, Backlog).Chunk(64))
            sent.AddRange(await Task.WhenAll(some.Select(i => officers.ReleaseAsync(award, Kind.Capital, 1_00 + i))));
        Assert.Equal(Backlog, await UnansweredAsync(federation));

        await federation.StopAsync(RegionInstance);
        meddler.Between(Region, Hartlepool, async door =>
        {
            batches.Enqueue(door.Message);
            var (first, last) = ((long)door.Message.Deliveries.Deliveries[0].Sequence, (long)door.Message.Deliveries.Deliveries[^1].Sequence);
            if (batches.Count > 1 && first > Interlocked.Read(ref decided) + 1)
                Interlocked.Increment(ref ahead);
            var answer = await door.Decide();
            Max(ref decided, last);
            return answer;
        });
        await federation.StartAsync(CouncilB);
        await federation.StartAsync(RegionInstance);

        await Wait.UntilAsync(() => UnansweredAsync(federation), left => left == 0, "the end of the backlog");
        // All that was sent arrived, once, in the order in which it was sent, and is settled.
        var inOrder = sent.Select(one => FundingFlows.Ledger.EntryId.TryParse(one.Id, out var id) ? id : throw new FormatException(one.Id)).OrderBy(id => id.Index).Select(id => id.ToString()).ToList();
        var received = (await JournalOf.FactsAsync(federation, Hartlepool, fact => fact.TransferReceived)).Where(fact => fact.Delivery.Entry.Body == Region).ToList();
        Assert.Equal(inOrder, received.Select(fact => FundingFlows.Ledger.EntryId.From(fact.Delivery.Entry).ToString()));
        var settled = await JournalOf.FactsAsync(federation, Region, fact => fact.TransferSettled);
        Assert.Equal(inOrder.Order(StringComparer.Ordinal), settled.Select(fact => FundingFlows.Ledger.EntryId.From(fact.Transfer).ToString()).Order(StringComparer.Ordinal));
        // It came in several batches, none of them larger than may be, and none before the one before it was decided.
        Assert.True(batches.Count >= 3, $"{batches.Count} batches");
        Assert.All(batches, batch => Assert.InRange(batch.Deliveries.Deliveries.Count, 1, MostAtOnce));
        Assert.Contains(batches, batch => batch.Deliveries.Deliveries.Count == MostAtOnce);
        Assert.Equal(0, ahead);
    }

    private static Task<int> UnansweredAsync(TestFederation federation) =>
        Forged.BooksAsync(federation, Region, books => books.Deliveries.AllUnanswered(Hartlepool).Count());

    private static void Max(ref long most, long now)
    {
        for (var before = Interlocked.Read(ref most); now > before; before = Interlocked.Read(ref most))
            Interlocked.CompareExchange(ref most, now, before);
    }
}
