namespace FundingFlows.Simulation;

/// <summary>All that one body ever had durable, seen from outside: the books, tree and commands that follow from it.</summary>
internal sealed class Observed
{
    private readonly string body;
    private readonly PassedOnShares shares;
    private readonly HashSet<Guid> commands = [];
    private readonly HashSet<(string Sender, uint Epoch, ulong Sequence)> answered = [];

    private readonly Dictionary<string, long> newestOf = [];
    private EntryId first;

    public Observed(string body) => (this.body, shares) = (body, new PassedOnShares(this));

    public string Body => body;

    public Books Books { get; } = new();

    public MerkleTree Tree { get; } = new();

    public List<byte[]> Entries { get; } = [];

    public List<Entry> Parsed { get; } = [];

    /// <summary>Takes in one more entry. Answers with what is wrong with it; null: nothing.</summary>
    public Breach? Take(byte[] bytes)
    {
        var entry = Entry.Parser.ParseFrom(bytes);
        if (entry.Part <= 1)
            first = Books.Next;
        Books.Apply(entry);
        Tree.AppendEntry(bytes);
        Entries.Add(bytes);
        Parsed.Add(entry);
        Note(DeliveredFacts.AnsweredBy(entry.Fact)?.Entry);
        Note(DeliveredFacts.AnswerIn(entry.Fact)?.Entry);
        if (entry.CommandId.Length > 0 && entry.Part <= 1 && !commands.Add(new Guid(entry.CommandId.Span, bigEndian: true)))
            return new Breach(Check.CommandsOnce, $"{body} recorded a command twice, the second time in entry {entry.Index}.");
        if (shares.Take(entry, first) is { } wrong)
            return new Breach(Check.SharesOnce, wrong);
        return entry.Part <= 1 && DeliveredFacts.AnsweredBy(entry.Fact) is { } delivery && !answered.Add((delivery.Entry.Body, delivery.Entry.Epoch, delivery.Sequence))
            ? new Breach(Check.DeliveriesOnce, $"{body} decided delivery {delivery.Sequence} of {delivery.Entry.Body} twice, the second time in entry {entry.Index}.") : null;
    }

    /// <summary>The newest entry of another body that this one was delivered, or has as an answer. -1: there is none.</summary>
    public long NewestOf(string other) => newestOf.GetValueOrDefault(other, -1);

    private void Note(EntryRef? other)
    {
        if (other is not null)
            newestOf[other.Body] = Math.Max(NewestOf(other.Body), (long)other.Index);
    }

    /// <summary>What is wrong behind a whole append, in a sentence. Null: nothing.</summary>
    public string? Behind() => shares.Behind();

    /// <summary>What the body recorded in place of some of this, after its disk was replaced. Null: it tells one history.</summary>
    public SecondHistory? Second { get; private set; }

    public bool IsForked => Second is not null;

    /// <summary>From an entry on the body records another history: this one is no longer added to.</summary>
    public SecondHistory ForkAt(long index) => Second = new SecondHistory(Entries[..(int)index]);

    /// <summary>Whether a checkpoint is one of the entries that are durable.</summary>
    public bool Has(Checkpoint checkpoint) => Has(checkpoint.Size, checkpoint.Root);

    /// <summary>Whether the first entries that are durable have that root.</summary>
    public bool Has(long size, ReadOnlySpan<byte> root) => (size <= Entries.Count && root.SequenceEqual(Tree.Root(size))) || Second?.Has(size, root) == true;

    /// <summary>Whether an entry that is durable has that leaf hash.</summary>
    public bool HasLeaf(ulong index, ReadOnlySpan<byte> hash) => (index < (ulong)Entries.Count && hash.SequenceEqual(Tree.LeafHash((long)index))) || Second?.HasLeaf(index, hash) == true;

    /// <summary>Whether an entry is one of those that are durable, to the last byte.</summary>
    public bool Has(ulong index, ReadOnlySpan<byte> bytes) => (index < (ulong)Entries.Count && bytes.SequenceEqual(Entries[(int)index])) || Second?.Has(index, bytes) == true;
}
