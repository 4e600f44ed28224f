using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>An entry that was verified: its exact bytes and what they say.</summary>
public readonly record struct VerifiedEntry(byte[] Bytes, Entry Entry);

/// <summary>
/// Another body's journal as it is followed: entries are hashed as they come, believed once a checkpoint signed with the
/// body's key covers them, and then applied in order. Gaps and repetitions do nothing. A journal that contradicts itself or
/// its signature is quarantined, and nothing more of it is believed.
/// </summary>
public sealed class JournalReplica(KnownBody body, string federation)
{
    private static readonly Account[] Accounts = Enum.GetValues<Account>();
    private readonly List<AdoptedKey> adopted = [];
    private KnownBody body = body;
    private readonly MerkleTree tree = new();
    private readonly Queue<VerifiedEntry> waiting = [];
    private (string Note, Journal.Checkpoint Checkpoint)? ahead;
    private string unproved = "";
    private (uint Part, uint Parts) newest;

    public string Body => body.Body;

    /// <summary>Who the body is, as far as its registering body has told by now.</summary>
    public KnownBody Known => body;

    public uint Epoch => body.Epoch;

    /// <summary>The id of an entry of this journal: what it kept of an earlier epoch keeps its name.</summary>
    public EntryId IdOf(Entry entry) => new(Body, Books.Epochs.At((long)entry.Index) is > 0 and var epoch ? epoch : Epoch, (long)entry.Index);

    /// <summary>The key that verifies <see cref="Checkpoint"/>; before there is one, the first.</summary>
    public VerifierKey Key { get; private set; } = body.Key;

    /// <summary>The body has taken a key that its registering body has not recorded, as far as is known: what follows is not believed yet.</summary>
    public bool AwaitsKey => Quarantined is null && unproved.Length > 0 && Journal.Checkpoint.SizeOf(unproved, body.Key.Name) <= tree.Size;

    /// <summary>As whoever registered it says; the root's as its own genesis says. Empty: not known yet.</summary>
    public string OfficialName => body.Registration?.OfficialName ?? Books.Genesis?.OfficialName ?? "";

    public Books Books { get; } = new();

    /// <summary>Entries taken in, verified or not: the next one wanted.</summary>
    public long Next => tree.Size;

    /// <summary>Entries verified. All of them are to be applied, the parts of a command together.</summary>
    public long Verified { get; private set; }

    /// <summary>The largest size that the body has signed, whether or not the entries have come.</summary>
    public long SignedSize => Math.Max(Verified, ahead?.Checkpoint.Size ?? 0);

    /// <summary>The newest checkpoint that was verified against the entries, as a signed note. Empty: none yet.</summary>
    public string Checkpoint { get; private set; } = "";

    /// <summary>The newest checkpoint that the body has signed, whether or not the entries have come, as a signed note. Empty: none yet.</summary>
    public string NewestSigned => ahead is { } awaited && awaited.Checkpoint.Size > Verified ? awaited.Note : Checkpoint;

    /// <summary>What is wrong with the journal, in a sentence. Null: nothing.</summary>
    public string? Quarantined { get; private set; }

    /// <summary>The checkpoint that the body signed and that contradicts what it gave or signed before. Null: there is none.</summary>
    public SignedCheckpoint? Contradicting { get; private set; }

    /// <summary>What proves that the body told two histories. Null: nothing does, or it must first be asked for hashes of the one that is not held here.</summary>
    public ForkEvidence? Evidence { get; private set; }

    /// <summary>The leaf hash of an entry.</summary>
    public byte[] LeafHash(long index) => tree.LeafHash(index);

    /// <summary>The inclusion proof of a verified entry in the newest checkpoint.</summary>
    public IReadOnlyList<byte[]> Inclusion(long index) => tree.Inclusion(index, Verified);

    /// <summary>RFC 6962 root of the first entries.</summary>
    public byte[] Root(long size) => tree.Root(size);

    /// <summary>The consistency proof from a size to a later one.</summary>
    public IReadOnlyList<byte[]> Consistency(long from, long to) => tree.Consistency(from, to);

    /// <summary>Takes in a page, and answers with the entries that are verified by now and are to be applied.</summary>
    public IReadOnlyList<VerifiedEntry> Take(JournalPage page)
    {
        if (Quarantined is not null || page.Epoch != body.Epoch)
            return [];
        // Entries behind a gap do nothing. What was signed counts wherever it stands.
        if (page.FirstIndex <= (ulong)tree.Size)
            foreach (var bytes in page.Entries.Skip((int)((ulong)tree.Size - page.FirstIndex)))
                if (!Add(bytes.ToByteArray()))
                {
                    Contradict(page.Checkpoint);
                    return [];
                }
        if (page.Checkpoint.Length > 0)
            Open(page.Checkpoint);
        OpenWhatWaited();
        return Quarantined is null ? NewlyVerified() : [];
    }

    /// <summary>Takes in what was verified before and kept; it is to be applied.</summary>
    public VerifiedEntry Restore(byte[] bytes)
    {
        var entry = Entry.Parser.ParseFrom(bytes);
        Note(entry);
        tree.AppendEntry(bytes);
        newest = (entry.Part, entry.Parts);
        Verified = tree.Size;
        return new VerifiedEntry(bytes, entry);
    }

    /// <summary>Takes in, behind the entries that were kept, the checkpoint that was kept with them. Empty: there is none.</summary>
    public void Recall(string note)
    {
        if (note.Length > 0 && Quarantined is null)
            Open(note);
    }

    /// <summary>Applies a verified entry; when it cannot be applied, the journal is quarantined.</summary>
    public void Apply(Entry entry)
    {
        if (Quarantined is not null)
            return;
        try
        {
            Books.Apply(entry);
            if (Array.Exists(Accounts, account => Math.Abs(Books.Accounts.Total[account]) > Pence.MostOfABody))
                Quarantine($"with entry {entry.Index} it has more money than accounts can hold");
        }
        catch (Exception problem)
        {
            // A fact from outside may lack any part and name anything; whatever breaks on it, it is no entry of honest books.
            Quarantine($"entry {entry.Index} breaks the rules of money: {problem.Message}");
        }
    }

    public void Quarantine(string reason) => Quarantined ??= NotBelieved(Body, reason);

    /// <summary>The same with the whole sentence, as it was told before.</summary>
    public void QuarantineAgain(string sentence) => Quarantined ??= sentence;

    /// <summary>How it is said that a journal is quarantined.</summary>
    public static string NotBelieved(string body, string reason) => $"The journal of {body} is not believed: {reason}";

    /// <summary>Whether a checkpoint is of the journal that is held here, whose entries have come so far.</summary>
    public bool Holds(Journal.Checkpoint checkpoint) => checkpoint.Size <= tree.Size && tree.Root(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root);

    /// <summary>What two checkpoints of the body prove against it, when the later of them is of the journal that is held here and the earlier is not. Null: nothing.</summary>
    public ForkEvidence? Compare(SignedCheckpoint one, SignedCheckpoint other)
    {
        if (Journal.Checkpoint.Read(one.Note) is not { } first || Journal.Checkpoint.Read(other.Note) is not { } second)
            return null;
        if (first.Size == second.Size)
            return ForkEvidence.Of(one, other);
        var (earlier, later, from, to) = first.Size < second.Size ? (one, other, first.Size, second.Size) : (other, one, second.Size, first.Size);
        return from > 0 && to <= tree.Size ? ForkEvidence.Of(earlier, later, tree.Root(from), tree.Consistency(from, to)) : null;
    }

    /// <summary>Whether a checkpoint that the body has signed is not of the journal that it gave, whose entries have come so far: with the very key that signs so many.</summary>
    public bool Contradicts(Journal.Checkpoint checkpoint, string note) =>
        Quarantined is null && checkpoint.Size <= tree.Size && !Holds(checkpoint)
        && KeyOf(checkpoint.Size) is { } key && Journal.Checkpoint.Open(note, key, out _) is not null;

    /// <summary>Keeps a checkpoint that does not fit, when the body signed it, and looks whether that proves two histories.</summary>
    private void Contradict(string note)
    {
        if (Signed(note) is not { } signed)
            return;
        Contradicting = signed;
        Evidence = Checkpoint.Length > 0 ? Compare(new SignedCheckpoint(Checkpoint, Key), signed) : null;
    }

    private bool Add(byte[] bytes)
    {
        try
        {
            var entry = Entry.Parser.ParseFrom(bytes);
            if (entry.Index != (ulong)tree.Size)
                Quarantine($"entry {entry.Index} stands at {tree.Size}");
            else if (tree.Size == 0 && entry.Fact?.Genesis?.FormatVersion > Sequencer.FormatVersion)
                Quarantine($"it is written in a newer form ({entry.Fact.Genesis.FormatVersion}) than is known here ({Sequencer.FormatVersion})");
            else if (tree.Size == 0 && !IsOurs(entry))
                Quarantine("its genesis is not that of the registered body");
            else if (EpochFaultOf(entry) is { } epochFault)
                Quarantine(epochFault);
            else if (NewerRules.Wrote(entry))
                Quarantine($"entry {entry.Index} says something that this version does not know; a newer one wrote it");
            else if (EntryForm.FaultOf(entry) is { } fault)
                Quarantine($"entry {entry.Index} {fault}");
            else if (!IsNextPart(entry))
                Quarantine($"entry {entry.Index} is part {entry.Part} of {entry.Parts} and stands behind part {newest.Part} of {newest.Parts}");
            else
            {
                newest = (entry.Part, entry.Parts);
                Note(entry);
                waiting.Enqueue(new VerifiedEntry(bytes, entry));
                tree.AppendEntry(bytes);
                return true;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            Quarantine($"entry {tree.Size} cannot be read");
        }
        return false;
    }

    private bool IsOurs(Entry entry) =>
        entry.Fact?.Genesis is { } genesis && genesis.Federation == federation && genesis.Body == Body
        && (body.Registration is { } registration ? genesis.Epoch == registration.Epoch : genesis.Epoch >= 1 && genesis.Epoch <= Epoch)
        && genesis.Origin == Names.Origin(federation, Body, genesis.Epoch) && genesis.PublicKey.Span.SequenceEqual(body.Key.PublicKey)
        && (body.Registration is null || body.Registration.Tier == genesis.Tier)
        && (body.RegisteredBy is null || body.RegisteredBy == genesis.RegisteringBody);

    /// <summary>
    /// What is wrong with an entry that begins an epoch, or that stands where one should begin. Null: nothing. Of the root nobody declares
    /// when an epoch begins, so that it is believed itself.
    /// </summary>
    private string? EpochFaultOf(Entry entry)
    {
        var begun = entry.Fact?.EpochBegun;
        if (begun is not null && (begun.Epoch > Epoch || !begun.KeptRoot.Span.SequenceEqual(tree.Root(tree.Size))))
            return $"entry {entry.Index} begins epoch {begun.Epoch}, which was not declared, or behind other entries than those before it";
        if (body.RegisteredBy is null)
            return null;
        var starts = body.Declared.FirstOrDefault(one => one.KeptSize == (ulong)tree.Size && body.EpochAt(tree.Size) == one.Epoch && body.EpochAt(tree.Size - 1) != one.Epoch);
        return starts?.Epoch != begun?.Epoch
            ? starts is null ? $"entry {entry.Index} begins epoch {begun!.Epoch}, which was not declared to begin there"
                : $"entry {entry.Index} should begin epoch {starts.Epoch}, as was declared"
            : starts is not null && !starts.KeptRoot.Equals(begun!.KeptRoot) ? $"epoch {starts.Epoch} keeps other entries than were declared"
            : null;
    }

    /// <summary>Whether an entry goes on with the command before it, or begins another once that is whole.</summary>
    private bool IsNextPart(Entry entry) => newest.Part < newest.Parts
        ? (entry.Part, entry.Parts) == (newest.Part + 1, newest.Parts)
        : (entry.Part, entry.Parts) is (0, 0) or (1, >= 1);

    /// <summary>Learns which keys the registering body has recorded by now. Of another epoch it learns nothing: that is another journal.</summary>
    public void Learn(KnownBody known) => body = known.Epoch == body.Epoch ? known : body;

    /// <summary>The checkpoint that a note is, when the body has signed it with any key that is known to be its own. Null: it is not, as far as is known.</summary>
    public Journal.Checkpoint? Told(string note) => Signed(note) is null ? null : Journal.Checkpoint.Read(note);

    private SignedCheckpoint? Signed(string note) => body.Later.Select(VerifierOf).Prepend(body.Key)
        .Where(key => Journal.Checkpoint.Open(note, key, out _) is not null).Select(key => new SignedCheckpoint(note, key)).FirstOrDefault();

    private VerifierKey VerifierOf(AdoptedKey key) => VerifierKey.Of(body.Key.Name, key.PublicKey.ToByteArray());

    private void Note(Entry entry)
    {
        if (entry.Fact.KindCase == Fact.KindOneofCase.KeyAdopted)
            adopted.Add(new AdoptedKey((long)entry.Index, entry.Fact.KeyAdopted.PublicKey));
    }

    /// <summary>The key that must have signed a checkpoint of so many entries. Null: the journal and its registering body do not agree (yet).</summary>
    private VerifierKey? KeyOf(long size) => (AdoptedKey.At(adopted, size), AdoptedKey.At(body.Later, size)) switch
    {
        (null, null) => body.Key,
        ({ } here, { } recorded) when here == recorded => VerifierOf(here),
        _ => null,
    };

    /// <summary>A note whose entries are here is judged; with one that is ahead of them it waits, for nobody knows yet which key must have signed it.</summary>
    private void Open(string note)
    {
        var size = Journal.Checkpoint.SizeOf(note, body.Key.Name);
        if (size > tree.Size)
            Await(note);
        else if (size is not null && KeyOf(size.Value) is null)
            unproved = note;
        else if (Journal.Checkpoint.Open(note, KeyOf(size ?? 0) ?? body.Key, out var problem) is { } checkpoint)
            Verify(note, checkpoint);
        else
            Quarantine(problem);
    }

    private void Await(string note)
    {
        if (Told(note) is not { } checkpoint)
            unproved = note;
        else if (ahead is { } other && other.Checkpoint.Size == checkpoint.Size && !other.Checkpoint.Root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            Contradicting = Signed(note);
            Evidence = Compare(Signed(other.Note)!, Contradicting!);
            Quarantine($"it signed two roots of {checkpoint.Size} entries");
        }
        else if (ahead is null || ahead.Value.Checkpoint.Size <= checkpoint.Size)
            // One that is ahead of the entries says nothing until they have come.
            ahead = (note, checkpoint);
    }

    /// <summary>Opens again what waited, when its entries are here.</summary>
    private void OpenWhatWaited()
    {
        if (ahead is { } awaited && awaited.Checkpoint.Size <= tree.Size)
        {
            ahead = null;
            Open(awaited.Note);
        }
        if (Quarantined is null && unproved is { Length: > 0 } note && Journal.Checkpoint.SizeOf(note, body.Key.Name) <= tree.Size)
        {
            unproved = "";
            Open(note);
        }
    }

    private void Verify(string note, Journal.Checkpoint checkpoint)
    {
        if (!tree.Root(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root))
        {
            Contradict(note);
            Quarantine($"its signed root of {checkpoint.Size} entries is not the root of those that it gave");
        }
        else if (checkpoint.Size >= Verified)
            (Checkpoint, Verified, Key) = (note, checkpoint.Size, KeyOf(checkpoint.Size)!);
    }

    /// <summary>Only whole commands: a checkpoint may end inside one, and nobody is to see half of it.</summary>
    private List<VerifiedEntry> NewlyVerified()
    {
        var (seen, whole) = (0, 0);
        foreach (var next in waiting.TakeWhile(next => (long)next.Entry.Index < Verified))
        {
            seen++;
            if (next.Entry.Part == next.Entry.Parts)
                whole = seen;
        }
        var verified = new List<VerifiedEntry>(whole);
        while (verified.Count < whole)
            verified.Add(waiting.Dequeue());
        return verified;
    }
}
