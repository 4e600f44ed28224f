using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Links.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>What one source gave back.</summary>
/// <param name="Size">How many entries the journal has now.</param>
/// <param name="Why">Why it gave no more, to follow its name. Empty: it gave all that it has.</param>
/// <param name="IsAnotherHistory">It was proved that the body signed other entries than those that stand here.</param>
public sealed record GivenBack(long Size, string Why, bool IsAnotherHistory = false);

/// <summary>
/// Fetches the entries that a body has lost from an auditor that kept them. Each page is proved to follow what stands here and to be part of a
/// checkpoint that the body itself signed, before any of it is recorded; then it is recorded unchanged, whole commands at a time.
/// </summary>
public sealed partial class TakingBack(AskedOthers others, OwnCheckpoints checkpoints, TimeProvider time, ILogger<TakingBack> log, SecurityRecord? security = null)
{
    /// <summary>The reason under which it is remembered that an auditor gave other entries than those that were signed.</summary>
    internal const string NotProved = "KEPT_NOT_PROVED";

    private const int PageSize = 1_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Takes back all that an auditor has. Throws <see cref="JournalUnavailableException"/> when it cannot be made durable.</summary>
    public async Task<GivenBack> FromAsync(string auditor, HostedBody body, CancellationToken cancellation)
    {
        var (epoch, edge) = (body.Epoch, body.Sequencer.Frontier());
        var waiting = new List<byte[]>();
        try
        {
            while (true)
            {
                var page = await others.To(auditor).ReadKeptAsync(
                    new ReadKeptRequest { Body = body.Id, Epoch = epoch, FromIndex = (ulong)edge.Size, PageSize = PageSize },
                    deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
                var (next, signed, isAnother) = await CheckAsync(body, edge, page, cancellation);
                if (isAnother)
                    return new GivenBack(body.Sequencer.CommittedSize, "", IsAnotherHistory: true);
                edge = next;
                waiting.AddRange(page.Page.Entries.Select(entry => entry.ToByteArray()));
                await RecordAsync(body, epoch, waiting, isAll: edge.Size == signed, cancellation);
                if (edge.Size == signed)
                    return new GivenBack(body.Sequencer.CommittedSize, "");
            }
        }
        catch (RpcException problem)
        {
            cancellation.ThrowIfCancellationRequested();
            return new GivenBack(body.Sequencer.CommittedSize, AskedOthers.WhyNotKept(problem));
        }
        catch (InvalidDataException problem)
        {
            LogRefused(AskedOthers.InWords(auditor), body.Id, problem.Message);
            if (await checkpoints.KnowsKeysOfAsync(body, cancellation))
                security?.Tell(SecurityEventKind.KeptEntriesRefused, NotProved, auditor, body.Id);
            return new GivenBack(body.Sequencer.CommittedSize, "gave what is not believed");
        }
    }

    /// <summary>
    /// Checks a page, and answers with the edge behind it and the size of the checkpoint that proves it. Throws <see cref="InvalidDataException"/>
    /// for a page that proves nothing.
    /// </summary>
    private async Task<(MerkleFrontier Edge, long Signed, bool IsAnother)> CheckAsync(HostedBody body, MerkleFrontier edge, ReadKeptResponse given, CancellationToken cancellation)
    {
        var page = given.Page ?? new JournalPage();
        if (await checkpoints.OpenAsync(body, body.Epoch, page.Checkpoint, cancellation) is not { } signed)
            throw new InvalidDataException("its checkpoint is not signed by the body");
        if (page.Epoch != body.Epoch || page.FirstIndex != (ulong)edge.Size)
            throw new InvalidDataException($"it begins at entry {page.FirstIndex} of epoch {page.Epoch}, where entry {edge.Size} was asked for");
        if (edge.Size > 0)
        {
            if (!ConsistencyProofs.Hold(edge.Size, signed.Size, Hashes(given.ProofBefore), given.RootBefore.Span, signed.Root))
                throw new InvalidDataException($"what stood before entry {edge.Size} is not proved");
            if (!edge.Root().AsSpan().SequenceEqual(given.RootBefore.Span))
                return (edge, signed.Size, true);
        }
        var next = edge.Copy();
        foreach (var entry in page.Entries)
            next.AppendEntry(entry.Span);
        var isThere = next.Size == signed.Size ? next.Root().AsSpan().SequenceEqual(signed.Root)
            : next.Size > edge.Size && ConsistencyProofs.Hold(next.Size, signed.Size, Hashes(given.ProofAfter), next.Root(), signed.Root);
        return isThere ? (next, signed.Size, false) : throw new InvalidDataException($"entries {edge.Size} to {next.Size - 1} are not those that were signed");
    }

    /// <summary>Records what is whole, and leaves the beginning of a command of which more is to come.</summary>
    private static async Task RecordAsync(HostedBody body, uint epoch, List<byte[]> waiting, bool isAll, CancellationToken cancellation)
    {
        var whole = isAll ? waiting.Count : waiting.FindLastIndex(IsLastOfACommand) + 1;
        if (whole == 0)
            return;
        await body.Sequencer.TakeBackAsync(epoch, waiting[..whole], cancellation);
        waiting.RemoveRange(0, whole);
    }

    private static bool IsLastOfACommand(byte[] bytes) => Entry.Parser.ParseFrom(bytes) is var entry && entry.Part == entry.Parts;

    private static byte[][] Hashes(RepeatedField<ByteString> proof) => [.. proof.Select(hash => hash.ToByteArray())];

    [LoggerMessage(EventId = SecurityEvents.KeptEntriesRefused, Level = LogLevel.Warning, Message = "What {Who} gave back of the journal of {Body} is refused: {Problem}")]
    private partial void LogRefused(string who, string body, string problem);
}
