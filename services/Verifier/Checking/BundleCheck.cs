using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>An entry of a trace bundle that was read from bytes which its proof leads to the root of its journal's checkpoint.</summary>
/// <param name="Origin">That of the checkpoint.</param>
internal sealed record TracedEntry(EntryId Id, Entry Entry, byte[] LeafHash, string Origin)
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
        foreach (var ofJournal in entries.Values.GroupBy(one => one.Origin))
            Hear(journals[ofJournal.Key], ofJournal.OrderBy(one => one.Id.Index).ToList());
        new KeyChain([.. journals.Values], given).Run();
    }

    /// <summary>What the entries of a journal say of its keys and epochs, by which they are named.</summary>
    private static void Hear(CheckedJournal journal, List<TracedEntry> entries)
    {
        journal.Said = SaidByEntries.From([.. entries.Where(one => SaidByEntries.Matters(one.Entry.Fact)).Select(one => (one.Id.Index, one.Entry.Fact))]);
        if (journal.Said.FaultOfNames is { } fault)
            journal.Find(fault);
        if (journal.Said.Origin is { } origin && origin != journal.Checkpoint!.Origin)
            journal.Find($"Its entries say that it is {origin}.");
        foreach (var entry in entries.Where(one => journal.Said.EpochAt(one.Id.Index) is { } epoch && epoch != one.Id.Epoch))
            journal.Find($"Entry {entry.Id.Index} is of epoch {journal.Said.EpochAt(entry.Id.Index)} there, and is named {entry.Id}.");
    }

    /// <summary>Whether the journal of a checkpoint can be the one that an entry is named by, or of a later epoch, which may have kept it.</summary>
    private static bool MayHold(string origin, EntryId id) =>
        origin.Split('/') is [var federation, var body, var epoch] && Names.IsFederation(federation) && body == id.Body
        && uint.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= id.Epoch && origin == Names.Origin(federation, body, number);

    private string? Take(ProvedEntry proved)
    {
        var checkpoint = Checkpoint.Read(proved.Proof.Note)!;
        if (!EntryId.TryParse(proved.Entry, out var id) || !MayHold(checkpoint.Origin, id) || proved.Proof.Index != id.Index)
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
        if (ReadableEntry.Of(proved.Bytes) is not { } entry || entry.Index != (ulong)id.Index)
            return "what stands there is no entry that this program can read.";
        entries.Add(id, new TracedEntry(id, entry, hash, checkpoint.Origin));
        return null;
    }
}
