using Google.Protobuf;
using Microsoft.Extensions.Hosting;

namespace FundingFlows.Tiers;

/// <summary>Serves the journals of the hosted bodies: their exact bytes, and signed checkpoints.</summary>
public sealed class Journals(CommandDesk desk, TimeProvider time, IHostApplicationLifetime lifetime) : JournalService.JournalServiceBase
{
    private const int PageSize = 1_000;

    /// <summary>How long further entries are waited for before some go out. What follows believes them no sooner than the next checkpoint, and each page costs all who follow.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    public override async Task<ReadJournalResponse> ReadJournal(ReadJournalRequest request, ServerCallContext context)
    {
        var (body, epoch) = Open(request.Body, request.Epoch);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, "", otherwise: 200, most: PageSize);
        fields.Check(request.FromIndex <= long.MaxValue, "from_index", "is beyond any journal.");
        fields.ThrowIfAny();
        if (await body.EarlierAsync(epoch, context.CancellationToken) is { } earlier)
            return new ReadJournalResponse
            {
                Page = PageOf(epoch, request.FromIndex, await earlier.ReadEntriesAsync((long)request.FromIndex, page.Size, context.CancellationToken), earlier.Checkpoint),
                Size = (ulong)earlier.Size,
            };
        var entries = await body.Sequencer.ReadEntriesAsync(epoch, (long)request.FromIndex, page.Size, context.CancellationToken);
        return new ReadJournalResponse
        {
            Page = PageOf(epoch, request.FromIndex, entries, body.Checkpoints.NewestIfAny(epoch).Note),
            Size = (ulong)body.Sequencer.CommittedSize,
        };
    }

    public override async Task FollowJournal(
        FollowJournalRequest request, IServerStreamWriter<FollowJournalResponse> responseStream, ServerCallContext context)
    {
        var (body, epoch) = Open(request.Body, request.Epoch);
        var fields = new Fields();
        fields.Check(request.FromIndex <= long.MaxValue, "from_index", "is beyond any journal.");
        fields.ThrowIfAny();
        // A stream has no end of its own: without this an instance that stops would wait for all who follow it.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            if (await body.EarlierAsync(epoch, end.Token) is { } earlier)
                await GiveAsync(earlier, (long)request.FromIndex, responseStream, end.Token);
            else
                await FollowAsync(body, epoch, (long)request.FromIndex, responseStream, end.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Errors.Of(FailureReason.Stopping, "This instance is stopping. Follow again from where you are.", []);
        }
    }

    public override async Task<GetEntryResponse> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        var (body, epoch) = Open(request.Body, request.Epoch);
        IReadOnlyList<byte[]> entries = request.Index > long.MaxValue ? []
            : await body.EarlierAsync(epoch, context.CancellationToken) is { } earlier ? await earlier.ReadEntriesAsync((long)request.Index, 1, context.CancellationToken)
            : await body.Sequencer.ReadEntriesAsync(epoch, (long)request.Index, 1, context.CancellationToken);
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
        Task.FromResult(new GetCheckpointResponse { Checkpoint = desk.Open(request.Body).Checkpoints.Newest().Note });

    /// <summary>An earlier epoch does not grow: it is given to its end.</summary>
    private static async Task GiveAsync(EarlierJournal journal, long next, IServerStreamWriter<FollowJournalResponse> stream, CancellationToken cancellation)
    {
        IReadOnlyList<byte[]> entries;
        do
        {
            entries = await journal.ReadEntriesAsync(next, PageSize, cancellation);
            await stream.WriteAsync(new FollowJournalResponse { Page = PageOf(journal.Epoch, (ulong)next, entries, journal.Checkpoint) }, cancellation);
            next += entries.Count;
        }
        while (entries.Count > 0);
    }

    private async Task FollowAsync(HostedBody body, uint epoch, long next, IServerStreamWriter<FollowJournalResponse> stream, CancellationToken cancellation)
    {
        var sent = "";
        while (true)
        {
            var entries = await body.Sequencer.ReadEntriesAsync(epoch, next, PageSize, cancellation);
            var (note, covered) = body.Checkpoints.NewestIfAny(epoch);
            if (entries.Count > 0 || note != sent)
                await stream.WriteAsync(new FollowJournalResponse { Page = PageOf(epoch, (ulong)next, entries, note == sent ? "" : note) }, cancellation);
            sent = note;
            next += entries.Count;
            await WaitForMoreAsync(body, next, covered, cancellation);
            if (body.Sequencer.CommittedSize - next < PageSize)
                await Task.Delay(Gathering, time, cancellation);
        }
    }

    /// <summary>Waits for further entries or, when some are not yet covered by a checkpoint, for the next one.</summary>
    private async Task WaitForMoreAsync(HostedBody body, long sent, long covered, CancellationToken cancellation)
    {
        var size = body.Sequencer.CommittedSize;
        if (size > sent)
            return;
        if (covered >= size)
        {
            // Who follows may have more than a body that lost entries, and waits for a checkpoint of those that it gets back.
            await body.Sequencer.WaitBeyondAsync(size, cancellation);
            return;
        }
        using var enough = new CancellationTokenSource(body.Checkpoints.Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, enough.Token);
        await body.Sequencer.WaitBeyondAsync(sent, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        // Else this would go round without a pause until the next checkpoint.
        cancellation.ThrowIfCancellationRequested();
    }

    private (HostedBody Body, uint Epoch) Open(string id, uint epoch)
    {
        var body = desk.Open(id);
        return (body, epoch == 0 ? body.Epoch : epoch <= body.Epoch ? epoch : throw NoEpoch(id, epoch));
    }

    private static RpcException NoEpoch(string body, uint epoch) => Errors.Missing($"{body} has no epoch {epoch}.", ("body", body));

    private static JournalPage PageOf(uint epoch, ulong first, IReadOnlyList<byte[]> entries, string checkpoint) => new()
    {
        Epoch = epoch,
        FirstIndex = first,
        Entries = { entries.Select(entry => UnsafeByteOperations.UnsafeWrap(entry)) },
        Checkpoint = checkpoint,
    };
}
