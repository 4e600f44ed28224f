using System.Runtime.InteropServices;

namespace FundingFlows.Simulation;

/// <summary>What one instance has on its disk, and has synced: its journals, or an auditor's copies, and what its witnesses remember.</summary>
internal sealed class VirtualDisk
{
    public Dictionary<JournalKey, StoredJournal> Journals { get; } = [];

    public VirtualNotes Notes { get; private init; } = new();

    public StoredJournal Of(JournalKey key)
    {
        if (!Journals.TryGetValue(key, out var journal))
            Journals.Add(key, journal = new StoredJournal());
        return journal;
    }

    /// <summary>A copy of it as it is now.</summary>
    public VirtualDisk Copy()
    {
        var copy = new VirtualDisk { Notes = Notes.Copy() };
        foreach (var (key, journal) in Journals)
            copy.Journals.Add(key, journal.Copy());
        return copy;
    }
}

/// <summary>One journal on a disk.</summary>
internal sealed class StoredJournal
{
    public long Lease { get; set; }

    public byte[] Root { get; set; } = MerkleHash.Empty();

    public List<StoredEntry> Entries { get; } = [];

    public Dictionary<Guid, long> Commands { get; } = [];

    /// <summary>The exact bytes, which nobody changes.</summary>
    public static byte[] BytesOf(StoredEntry entry) =>
        MemoryMarshal.TryGetArray(entry.Bytes, out var segment) && segment.Array!.Length == segment.Count ? segment.Array : entry.Bytes.ToArray();

    public void Append(IReadOnlyList<StoredEntry> entries, byte[] root)
    {
        foreach (var entry in entries)
        {
            if (entry.CommandId is { } id)
                Commands[id] = Entries.Count;
            Entries.Add(entry);
        }
        Root = root;
    }

    public StoredJournal Copy()
    {
        var copy = new StoredJournal { Lease = Lease };
        copy.Append(Entries, Root);
        return copy;
    }
}
