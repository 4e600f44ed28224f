using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Serves the journals of the hosted bodies: their exact bytes, and signed checkpoints.</summary>
public sealed class Journals(CommandDesk desk, TimeProvider time) : JournalService.JournalServiceBase
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
        var next = (long)request.FromIndex;
        var sent = "";
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var entries = await body.Sequencer.ReadEntriesAsync(next, PageSize, context.CancellationToken);
            var (note, covered) = body.Checkpoints.Newest();
            if (entries.Count > 0 || note != sent)
                await responseStream.WriteAsync(
                    new FollowJournalResponse { Page = PageOf(body, (ulong)next, entries, note == sent ? "" : note) }, context.CancellationToken);
            sent = note;
            next += entries.Count;
            await WaitForMoreAsync(body, next, covered, context.CancellationToken);
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

    /// <summary>Waits for further entries or, when what was sent is not yet covered by a checkpoint, for the next one.</summary>
    private async Task WaitForMoreAsync(HostedBody body, long sent, long covered, CancellationToken cancellation)
    {
        if (body.Sequencer.CommittedSize > sent)
            return;
        var more = body.Sequencer.WaitBeyondAsync(sent, cancellation);
        if (covered >= sent)
            await more;
        else
            await Task.WhenAny(more, Task.Delay(body.Checkpoints.Interval, time, cancellation));
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
