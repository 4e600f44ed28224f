using FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Ledger;

/// <summary>A run of a formula that this body decided to go by: what each recipient gets of a pot.</summary>
public sealed class RecordedAllocation(EntryId id, AllocationRecorded made, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    /// <summary>The version of the arithmetic that runs are worked out by now.</summary>
    public const uint NewestArithmetic = 1;

    private readonly SortedDictionary<string, IReadOnlyList<long>> shares = new(StringComparer.Ordinal);

    /// <summary>The (first) entry that recorded it.</summary>
    public EntryId Id { get; } = id;

    public string Fund => made.Fund;

    public uint TermsVersion => made.TermsVersion;

    public Formula Formula => made.Formula;

    /// <summary>In the order in which it was shared out.</summary>
    public IReadOnlyList<Promise> Pot => made.Pot;

    /// <summary>The table that says what each indicator is.</summary>
    public DocumentDigest Descriptions => made.Descriptions;

    /// <summary>The table with a row for each recipient.</summary>
    public DocumentDigest Figures => made.Figures;

    /// <summary>The version of the arithmetic that it was worked out by.</summary>
    public uint Arithmetic => made.Arithmetic;

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    /// <summary>How many recipients there are to be once all parts are read.</summary>
    public uint Recipients => made.Recipients;

    /// <summary>By recipient, in byte order: what it gets of each line of the pot, in pence.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shares => shares;

    /// <summary>What a recipient is to be promised: the lines of the pot of which it gets any. Empty where it gets nothing.</summary>
    public IReadOnlyList<Promise> PromisesTo(string recipient) => PromisesOf(made.Pot, shares[recipient]);

    internal void Add(IEnumerable<AllocationShare> more)
    {
        foreach (var share in more)
            shares[share.Recipient] = share.AmountPence;
    }

    internal static IReadOnlyList<Promise> PromisesOf(IReadOnlyList<Promise> pot, IReadOnlyList<long> amounts) =>
        [.. pot.Zip(amounts).Where(line => line.Second != 0).Select(line => new Promise(line.First) { AmountPence = line.Second })];
}

/// <summary>The runs that a body has recorded.</summary>
public sealed class AllocationBook
{
    private readonly Dictionary<EntryId, RecordedAllocation> byId = [];
    private readonly List<RecordedAllocation> recorded = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RecordedAllocation> All => recorded;

    public RecordedAllocation? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal RecordedAllocation this[EntryId id] => byId[id];

    internal void Add(RecordedAllocation allocation)
    {
        byId.Add(allocation.Id, allocation);
        recorded.Add(allocation);
    }
}
