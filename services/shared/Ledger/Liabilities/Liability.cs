namespace FundingFlows.Ledger;

/// <summary>Goods or works that were received and are not paid for. What is still owed is held under its id.</summary>
public sealed class Liability(EntryId id, LiabilityIncurred incurred, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    /// <summary>The (first) entry that made it.</summary>
    public EntryId Id { get; } = id;

    /// <summary>What was recorded. Its pieces are only those of the first part.</summary>
    public LiabilityIncurred Incurred { get; } = incurred;

    public PlannedSpending For { get; } = PlannedSpending.From(incurred.Use);

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    public long AmountPence => Incurred.AmountPence;

    /// <summary>What was found not to be owed, in pence.</summary>
    public long ReducedPence { get; internal set; }
}

/// <summary>The liabilities of a body.</summary>
public sealed class LiabilityBook
{
    private readonly Dictionary<EntryId, Liability> byId = [];
    private readonly List<Liability> incurred = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Liability> All => incurred;

    /// <summary>Whether a payment settles one of them, which is no new spending.</summary>
    public bool AreSettledBy(PaymentMade payment) => payment.OutOf is { } held && byId.ContainsKey(EntryId.From(held));

    public Liability? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal Liability this[EntryId id] => byId[id];

    internal void Add(Liability liability)
    {
        byId.Add(liability.Id, liability);
        incurred.Add(liability);
    }
}
