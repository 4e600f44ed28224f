using System.Globalization;
using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>An entry of a trace bundle that was read from bytes which its proof leads to the root of its journal's checkpoint.</summary>
internal sealed record TracedEntry(EntryId Id, Entry Entry, byte[] LeafHash)
{
    /// <summary>The (first) entry of the command that it belongs to.</summary>
    public EntryId First => Id with { Index = Id.Index - Math.Max(0, (int)Entry.Part - 1) };
}

/// <summary>
/// Checks the entries of a trace bundle one by one: each has its proof, all of one journal lead to the same checkpoint, and who signed that is
/// found out as for whole journals, from the entries of the bundle alone. Whether they make a way is another question (<see cref="WayCheck"/>).
/// </summary>
internal sealed class BundleCheck(TraceBundle bundle, IReadOnlyList<VerifierKey> given)
{
    private readonly Dictionary<string, CheckedJournal> journals = [];
    private readonly Dictionary<EntryId, TracedEntry> entries = [];
    private readonly List<string> findings = [];

    /// <summary>The entries whose proofs hold, by their ids.</summary>
    public IReadOnlyDictionary<EntryId, TracedEntry> Entries => entries;

    /// <summary>The journals that they are in, by the origins of their checkpoints.</summary>
    public IReadOnlyCollection<CheckedJournal> Journals => journals.Values;

    /// <summary>What is wrong, in a sentence each.</summary>
    public IEnumerable<string> Findings => findings.Concat(journals.Values.SelectMany(journal => journal.Findings.Select(finding => $"{journal.Name}: {finding}")));

    public void Run()
    {
        foreach (var proved in bundle.Entries)
            if (Take(proved) is { } fault)
                findings.Add($"{proved.Entry}: {fault}");
        foreach (var (origin, journal) in journals)
            journal.Said = SaidByEntries.From(
                [.. entries.Values.Where(one => OriginOf(one.Id) == origin && SaidByEntries.Matters(one.Entry.Fact)).OrderBy(one => one.Id.Index).Select(one => (one.Id.Index, one.Entry.Fact))]);
        new KeyChain([.. journals.Values], given).Run();
    }

    /// <summary>The origin of the checkpoint that an entry was proved with. All journals of a bundle are of one federation.</summary>
    private string OriginOf(EntryId id) => journals.Keys.First(origin => origin.EndsWith(JournalOf(id), StringComparison.Ordinal));

    private static string JournalOf(EntryId id) => string.Create(CultureInfo.InvariantCulture, $"/{id.Body}/{id.Epoch}");

    private string? Take(ProvedEntry proved)
    {
        var checkpoint = Checkpoint.Read(proved.Proof.Note)!;
        if (!EntryId.TryParse(proved.Entry, out var id) || !checkpoint.Origin.EndsWith(JournalOf(id), StringComparison.Ordinal) || proved.Proof.Index != id.Index)
            return $"its proof is that of entry {proved.Proof.Index} of {checkpoint.Origin}.";
        if (entries.ContainsKey(id))
            return "it is in the file twice.";
        if (journals.Keys.FirstOrDefault() is { } other && other.Split('/')[0] != checkpoint.Origin.Split('/')[0])
            return $"it is of another federation than {other}.";
        if (!journals.TryGetValue(checkpoint.Origin, out var journal))
            journals.Add(checkpoint.Origin, journal = new CheckedJournal(checkpoint.Origin) { Note = proved.Proof.Note, Checkpoint = checkpoint });
        if (journal.Note != proved.Proof.Note)
            return "its proof stands on another checkpoint than those of other entries of that journal.";
        var hash = MerkleHash.Leaf(proved.Bytes);
        if (!InclusionProofs.Holds(hash, id.Index, checkpoint.Size, proved.Proof.Path, checkpoint.Root))
            return "its hash does not lead to the root of the checkpoint: it or its proof is altered.";
        if (EntryOf(proved.Bytes) is not { Fact: not null } entry || entry.Index != (ulong)id.Index || NewerRules.Wrote(entry) || EntryForm.FaultOf(entry) is not null)
            return "what stands there is no entry that this program can read.";
        entries.Add(id, new TracedEntry(id, entry, hash));
        return null;
    }

    private static Entry? EntryOf(byte[] bytes)
    {
        try
        {
            return Entry.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
