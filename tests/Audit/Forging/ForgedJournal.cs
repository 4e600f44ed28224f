using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Audit.Tests;

/// <summary>
/// A journal that is written by hand with a real key. It decides commands by the real rules when it is asked to, and writes
/// any other fact that a test wants in it.
/// </summary>
internal sealed class ForgedJournal : IDisposable
{
    private readonly List<byte[]> entries = [];
    private MerkleTree tree = new();
    private readonly Lock gate = new();
    private readonly Func<Timestamp> clock;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long shown = long.MaxValue;
    private Func<long, string>? checkpoint;

    public ForgedJournal(Genesis genesis, BodyKey key, Func<Timestamp> clock)
    {
        Genesis = genesis;
        Key = key;
        this.clock = clock;
        Write(new Fact { Genesis = genesis });
    }

    public Genesis Genesis { get; }

    public string Body => Genesis.Body;

    public BodyKey Key { get; }

    /// <summary>What the journal says, as far as it can be applied.</summary>
    public Books Books { get; private set; } = new();

    public VerifierKey Verifier => VerifierKey.Of(Genesis.Origin, Key.PublicKey);

    public long Size => tree.Size;

    /// <summary>The entry that is written next.</summary>
    public EntryId Next => new(Body, Genesis.Epoch, Size);

    /// <summary>How many entries it shows. At first all, also those that are still to be written.</summary>
    public long Shown
    {
        get => Math.Min(Interlocked.Read(ref shown), Size);
        set
        {
            Interlocked.Exchange(ref shown, value);
            Tell();
        }
    }

    /// <summary>Whether its body answers nobody.</summary>
    public bool IsDown { get; set; }

    /// <summary>From where on it was asked for entries, by stream or page.</summary>
    public ConcurrentQueue<long> AskedFrom { get; } = new();

    /// <summary>What it gives as its checkpoint of so many entries, instead of a true one.</summary>
    public void Sign(Func<long, string>? otherwise)
    {
        checkpoint = otherwise;
        Tell();
    }

    /// <summary>The exact bytes of an entry.</summary>
    public byte[] this[long index]
    {
        get
        {
            lock (gate)
                return entries[(int)index];
        }
    }

    public byte[] LeafHash(long index) => MerkleHash.Leaf(this[index]);

    public Entry EntryAt(long index) => Entry.Parser.ParseFrom(this[index]);

    public byte[] Root(long size)
    {
        lock (gate)
            return tree.Root(size);
    }

    public IReadOnlyList<byte[]> Consistency(long from, long to)
    {
        lock (gate)
            return tree.Consistency(from, to);
    }

    /// <summary>The hashes of a tile. Null: not all of them are there.</summary>
    public byte[]? Tile(TilePath path)
    {
        lock (gate)
            return path.Level is not { } level || path.EndIndex > tree.Size ? null
                : [.. Enumerable.Range(0, path.Width).SelectMany(i => tree.Subtree(level * TilePath.Height, (path.Index * TilePath.FullWidth) + i).ToArray())];
    }

    public string Checkpoint(long size) => checkpoint?.Invoke(size) ?? new Checkpoint(Genesis.Origin, size, Root(size)).Sign(Verifier, Key);

    /// <summary>Decides a command by the rules and writes what was decided. A refusal fails the test.</summary>
    public EntryId Do(ICommand command)
    {
        var decision = command.Decide(Books, new Surroundings(Next, () => Root(Size), _ => true, _ => false));
        if (decision.Before is { } before)
            return before.First;
        return decision.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Sentence) : Write([.. decision.Facts]);
    }

    /// <summary>Writes facts as one command, whatever they say.</summary>
    public EntryId Write(params Fact[] facts)
    {
        var first = Next;
        for (var i = 0; i < facts.Length; i++)
        {
            var entry = new Entry { Index = (ulong)Size, RecordedAt = clock(), Fact = facts[i] };
            if (facts.Length > 1)
                (entry.Part, entry.Parts) = ((uint)i + 1, (uint)facts.Length);
            Append(entry.ToByteArray());
            Books.Apply(entry);
        }
        return first;
    }

    /// <summary>Writes bytes that need not be an entry, and that its own books do not know of.</summary>
    public void Append(byte[] bytes)
    {
        lock (gate)
        {
            entries.Add(bytes);
            tree.Append(MerkleHash.Leaf(bytes));
        }
        Tell();
    }

    /// <summary>Forgets its last entries, as if they had never been, so that others can be written in their place. Who follows it is told nothing.</summary>
    /// <param name="instead">What stands in their place, if it is to stand there at once. Its own books do not know of it.</param>
    public void Rewrite(long from, params byte[][] instead)
    {
        lock (gate)
        {
            entries.RemoveRange((int)from, entries.Count - (int)from);
            (tree, Books) = (new MerkleTree(), new Books());
            foreach (var bytes in entries)
            {
                tree.Append(MerkleHash.Leaf(bytes));
                Books.Apply(Entry.Parser.ParseFrom(bytes));
            }
            foreach (var bytes in instead)
            {
                entries.Add(bytes);
                tree.AppendEntry(bytes);
            }
        }
    }

    /// <summary>Waits for any change.</summary>
    public Task Changed => Volatile.Read(ref changed).Task;

    public void Dispose() => Key.Dispose();

    private void Tell() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
