using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>What a witness answers.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Text">What it says.</param>
/// <param name="ContentType">What that is.</param>
public sealed record WitnessReply(int Status, string Text, string ContentType = "text/plain; charset=utf-8");

/// <summary>
/// The witnesses of an instance (C2SP tlog-witness). Each cosigns a checkpoint when the journal only grew since the newest one that it
/// cosigned, and remembers that before it answers. Two checkpoints that contradict one another are kept as evidence.
/// </summary>
public sealed partial class Witness(
    IWitnessed witnessed, WitnessKeys keys, IWitnessStore store, FollowedJournals followed, Forks forks, TimeProvider time, ILogger<Witness> log) : IAsyncDisposable
{
    private const string SizeType = "text/x.tlog.size";
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<JournalKey, Task> searches = [];

    /// <summary>Whether there is a witness of that name here.</summary>
    public Task<bool> IsThereAsync(string witness, CancellationToken cancellation) => witnessed.IsThereAsync(witness, cancellation);

    /// <summary>The key of a witness, which must be one that is here.</summary>
    public CosignerKey KeyOf(string witness) => keys.Of(witness).Key;

    /// <summary>The newest note that a witness cosigned of the journal whose origin has that hash. Null: none.</summary>
    public string? Newest(string witness, string originHash) => store.CosignedByHash(WitnessName(witness), originHash);

    /// <summary>What proves that the journal whose origin has that hash told two histories. Null: nothing that is known here.</summary>
    public string? Evidence(string witness, string originHash) => Newest(witness, originHash) is { } note && JournalOf(Checkpoint.Read(note)!) is { } journal
        ? store.Find(journal)?.Evidence : null;

    /// <summary>Judges a request by all rules of tlog-witness, and cosigns its checkpoint if it may.</summary>
    /// <param name="body">The exact bytes of the request: at most one more than may be.</param>
    public async Task<WitnessReply> AddCheckpointAsync(string witness, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (!AddCheckpoint.TryParse(body.Span, out var request, out var problem))
            return new WitnessReply(StatusCodes.Status400BadRequest, problem + "\n");
        var origin = request.Checkpoint.Origin;
        if (JournalOf(request.Checkpoint) is not { } journal || await witnessed.FindAsync(witness, journal.Body, cancellation) is not { } known || known.Key.Name != origin)
            return new WitnessReply(StatusCodes.Status404NotFound, $"{origin} is not known to this witness (yet).\n");
        if (!request.Note.IsSignedBy(known.KeyAt(request.Checkpoint.Size)))
            return new WitnessReply(StatusCodes.Status403Forbidden, $"The checkpoint is not signed with the key that {origin} signs so many entries with.\n");
        var note = request.Note.Only(known.KeyAt(request.Checkpoint.Size));
        followed.Learn(journal.Body, note);
        var reply = Judge(witness, journal, known, request, note);
        if (reply.Status != StatusCodes.Status200OK)
            LogRefused(witness, origin, request.Checkpoint.Size, reply.Status);
        return reply;
    }

    /// <summary>Tells the log that a witness cannot serve, and why.</summary>
    public void Fail(Exception problem) => LogFailed(problem);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        Task[] all;
        lock (searches)
            all = [.. searches.Values];
        await Task.WhenAll(all);
        ending.Dispose();
    }

    private WitnessReply Judge(string witness, JournalKey journal, KnownBody known, AddCheckpoint request, string note)
    {
        if (store.Find(journal)?.Evidence is not null)
            return new WitnessReply(StatusCodes.Status403Forbidden, $"{known.Key.Name} told two histories: its signature is not trusted any more.\n");
        var name = WitnessName(witness);
        var cosigned = store.Cosigned(name, known.Key.Name);
        var last = cosigned is null ? null : Checkpoint.Read(cosigned);
        var verdict = request.Judge(last);
        if (verdict == WitnessVerdict.Consistent)
        {
            var (key, signer) = keys.Of(witness);
            var signature = Cosignature.Sign(note, key, signer, Math.Max(1, time.GetUtcNow().ToUnixTimeSeconds()));
            if (store.TryAdvance(name, known.Key.Name, request.OldSize, request.Checkpoint.Size, note + signature))
                return new WitnessReply(StatusCodes.Status200OK, signature);
            // Another was faster: what holds now is what that one left.
            cosigned = store.Cosigned(name, known.Key.Name)!;
            (last, verdict) = (Checkpoint.Read(cosigned)!, WitnessVerdict.OtherSize);
        }
        if (cosigned is not null && last is not null)
            Compare(journal, new SignedCheckpoint(cosigned, known.KeyAt(last.Size)), new SignedCheckpoint(note, known.KeyAt(request.Checkpoint.Size)), request);
        return verdict switch
        {
            WitnessVerdict.Malformed => new WitnessReply(StatusCodes.Status400BadRequest, $"The old size is {request.OldSize}, and the checkpoint of {request.Checkpoint.Size} entries.\n"),
            WitnessVerdict.OtherSize => new WitnessReply(StatusCodes.Status409Conflict, $"{(last?.Size ?? 0).ToString(CultureInfo.InvariantCulture)}\n", SizeType),
            _ => new WitnessReply(StatusCodes.Status422UnprocessableEntity, $"It is not shown that {known.Key.Name} only grew from {request.OldSize} to {request.Checkpoint.Size} entries.\n"),
        };
    }

    /// <summary>Looks whether a checkpoint that was refused contradicts the one that was cosigned: at once with what is at hand, and else with the body's own tiles.</summary>
    private void Compare(JournalKey journal, SignedCheckpoint cosigned, SignedCheckpoint refused, AddCheckpoint request)
    {
        var (before, now) = (Checkpoint.Read(cosigned.Note)!, request.Checkpoint);
        var evidence = before.Size == now.Size ? ForkEvidence.Of(cosigned, refused)
            : followed.Find(journal.Body, replica => replica.Epoch == journal.Epoch ? replica.Compare(cosigned, refused) : null)
            ?? (before.Size == request.OldSize && ConsistencyProofs.OldRoot(before.Size, now.Size, request.Proof, now.Root) is { } root
                ? ForkEvidence.Of(cosigned, refused, root, request.Proof) : null);
        if (evidence is not null)
            Condemn(journal, evidence);
        else if (before.Size != now.Size && followed.Find(journal.Body, replica => replica.Epoch == journal.Epoch && replica.Holds(before) && replica.Holds(now) ? replica : null) is null)
            Search(journal, cosigned, refused);
    }

    private void Search(JournalKey journal, SignedCheckpoint cosigned, SignedCheckpoint refused)
    {
        var search = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (searches)
        {
            // One at a time for each body: a stranger who sends the same again and again must not have it asked as often.
            if (ending.IsCancellationRequested || !searches.TryAdd(journal, search.Task))
                return;
        }
        _ = Background.RunAsync(async () =>
        {
            try
            {
                if (await forks.SearchAsync(journal, cosigned, refused, ending.Token) is { } evidence)
                    Condemn(journal, evidence);
            }
            catch (OperationCanceledException)
            {
                // The process stops. Who looks next finds it.
            }
            finally
            {
                lock (searches)
                    searches.Remove(journal);
                search.SetResult();
            }
        });
    }

    private void Condemn(JournalKey journal, ForkEvidence evidence)
    {
        var reason = JournalReplica.NotBelieved(journal.Body, evidence.Sentence());
        forks.Remember(journal, reason, evidence);
        followed.Quarantine(journal, reason);
    }

    /// <summary>Under which name a witness of this instance remembers.</summary>
    private string WitnessName(string witness) => keys.Of(witness).Key.Name;

    private static JournalKey? JournalOf(Checkpoint checkpoint) =>
        JournalOrigin.TryParse(checkpoint.Origin, out var origin) ? new JournalKey(origin.Body, origin.Epoch) : null;

    [LoggerMessage(EventId = SecurityEvents.CheckpointRefused, Level = LogLevel.Information, Message = "The witness {Witness} does not cosign {Origin} at {Size}: {Status}")]
    private partial void LogRefused(string witness, string origin, long size, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "A witness cannot read its key, or remember what it says.")]
    private partial void LogFailed(Exception problem);
}
