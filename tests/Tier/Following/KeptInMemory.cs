using System.Runtime.CompilerServices;
using FundingFlows.Journal;

namespace FundingFlows.Tiers.Tests;

/// <summary>Keeps entries in memory as an archive keeps them on disk, and fails when a test wants it to.</summary>
internal sealed class KeptInMemory : IReplicaArchive
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<byte[]>> kept = [];
    private readonly Dictionary<string, (long Size, string Note)> notes = [];

    public bool IsFull { get; set; }

    /// <summary>Awaited before entries are kept: a slow disk. Null: it is fast.</summary>
    public Func<Task>? Keeping { get; set; }

    /// <summary>How many times keeping still fails, before anything is kept.</summary>
    public int FailingWrites { get; set; }

    /// <summary>How many times keeping still fails after everything was kept.</summary>
    public int FailingLate { get; set; }

    /// <summary>How many times reading still fails, each time behind one more entry.</summary>
    public int FailingReads { get; set; }

    /// <summary>How long a journal was after each keeping, and the root that was given with it.</summary>
    public List<(int Size, byte[] Root)> Kept { get; } = [];

    public IReadOnlyList<byte[]> Of(string body)
    {
        lock (gate)
            return [.. kept.GetValueOrDefault(body) ?? []];
    }

    public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var (bytes, i) in Of(journal.Body).Skip((int)from).Select((bytes, i) => (bytes, i)))
        {
            if (i == 1 && FailingReads > 0)
            {
                FailingReads--;
                throw new IOException("The disk cannot be read.");
            }
            yield return bytes;
        }
    }

    public async Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
    {
        if (Keeping is { } wait)
            await wait();
        lock (gate)
        {
            if (IsFull || FailingWrites-- > 0)
                throw new IOException("There is no room on the disk.");
            if (!kept.TryGetValue(journal.Body, out var entries))
                kept.Add(journal.Body, entries = []);
            entries.AddRange(verified.Where(entry => entry.Entry.Index >= (ulong)entries.Count).Select(entry => entry.Bytes).ToList());
            Kept.Add((entries.Count, root));
            if (FailingLate-- > 0)
                throw new IOException("The disk went away.");
        }
    }

    public string? NoteOf(string origin)
    {
        lock (gate)
            return notes.TryGetValue(origin, out var kept) ? kept.Note : null;
    }

    public Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation)
    {
        lock (gate)
            if (notes.GetValueOrDefault(origin).Size < size)
                notes[origin] = (size, note);
        return Task.CompletedTask;
    }
}
