using Google.Protobuf;
using Microsoft.Extensions.Hosting;

namespace FundingFlows.Tiers;

/// <summary>Serves the journals of the hosted bodies: their exact bytes, and signed checkpoints.</summary>
public sealed class Journals(CommandDesk desk, TimeProvider time, IHostApplicationLifetime lifetime) : JournalService.JournalServiceBase
{
    private const int PageSize = 1_000;

    public override async Task<ReadJournalResponse> ReadJournal(ReadJournalRequest request, ServerCallContext context)
    {
        var body = Open(request.Body, request.Epoch);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, "", otherwise: 200, most: PageSize);
        fields.Check(request.FromIndex <= long.MaxValue, "from_index", "is beyond any journal.");
        fields.ThrowIfAny();
        var entries = await body.Sequencer.ReadEntriesAsync((long)request.FromIndex, page.Size, context.CancellationToken);
        return new ReadJournalResponse
        {
            Page = PageOf(body, request.FromIndex, entries, body.Checkpoints.Newest().Note),
            Size = (ulong)body.Sequencer.CommittedSize,
        };
    }

    public override async Task FollowJournal(
        FollowJournalRequest request, IServerStreamWriter<FollowJournalResponse> responseStream, ServerCallContext context)
    {
        var body = Open(request.Body, request.Epoch);
        var fields = new Fields();
        fields.Check(request.FromIndex <= long.MaxValue, "from_index", "is beyond any journal.");
        fields.ThrowIfAny();
        // A stream has no end of its own: without this an instance that stops would wait for all who follow it.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await FollowAsync(body, (long)request.FromIndex, responseStream, end.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Errors.Of(FailureReason.Stopping, "This instance is stopping. Follow again from where you are.", []);
        }
    }

    public override async Task<GetEntryResponse> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        var body = Open(request.Body, request.Epoch);
        var entries = request.Index > long.MaxValue ? [] : await body.Sequencer.ReadEntriesAsync((long)request.Index, 1, context.CancellationToken);
        if (entries.Count == 0)
            throw Errors.Missing($"The journal of {body.Id} has no entry {request.Index} (yet).", ("body", body.Id));
        return new GetEntryResponse
        {
            Entry = Entry.Parser.ParseFrom(entries[0]),
            Encoded = UnsafeByteOperations.UnsafeWrap(entries[0]),
            LeafHash = ByteString.CopyFrom(MerkleHash.Leaf(entries[0])),
        };
    }

    public override Task<GetCheckpointResponse> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context) =>
        Task.FromResult(new GetCheckpointResponse { Checkpoint = Open(request.Body, 0).Checkpoints.Newest().Note });

    private async Task FollowAsync(HostedBody body, long next, IServerStreamWriter<FollowJournalResponse> stream, CancellationToken cancellation)
    {
        var sent = "";
        while (true)
        {
            var entries = await body.Sequencer.ReadEntriesAsync(next, PageSize, cancellation);
            var (note, covered) = body.Checkpoints.Newest();
            if (entries.Count > 0 || note != sent)
                await stream.WriteAsync(new FollowJournalResponse { Page = PageOf(body, (ulong)next, entries, note == sent ? "" : note) }, cancellation);
            sent = note;
            next += entries.Count;
            await WaitForMoreAsync(body, next, covered, cancellation);
        }
    }

    /// <summary>Waits for further entries or, when some are not yet covered by a checkpoint, for the next one.</summary>
    private async Task WaitForMoreAsync(HostedBody body, long sent, long covered, CancellationToken cancellation)
    {
        if (body.Sequencer.CommittedSize > sent)
            return;
        var more = body.Sequencer.WaitBeyondAsync(sent, cancellation);
        if (covered >= body.Sequencer.CommittedSize)
            await more;
        else
            // Awaited twice, so that the end of the waiting is heard: else this would go round without a pause until the next checkpoint.
            await await Task.WhenAny(more, Task.Delay(body.Checkpoints.Interval, time, cancellation));
    }

    private HostedBody Open(string id, uint epoch)
    {
        var body = desk.Open(id);
        return epoch == 0 || epoch == body.Epoch ? body : throw Errors.Missing($"{id} has no epoch {epoch}.", ("body", id));
    }

    private static JournalPage PageOf(HostedBody body, ulong first, IReadOnlyList<byte[]> entries, string checkpoint) => new()
    {
        Epoch = body.Epoch,
        FirstIndex = first,
        Entries = { entries.Select(entry => UnsafeByteOperations.UnsafeWrap(entry)) },
        Checkpoint = checkpoint,
    };
}
