namespace FundingFlows.Ledger;

/// <summary>A payment that needs a second person. Until one decides, its pieces are held.</summary>
/// <param name="id">The (first) entry that prepared it.</param>
public sealed class Preparation(EntryId id, PaymentPrepared prepared, string preparer, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    public EntryId Id { get; } = id;

    /// <summary>What was recorded. Its pieces are only those of the first part; all of them are in the hold of this id.</summary>
    public PaymentPrepared Prepared { get; } = prepared;

    /// <summary>What will be paid.</summary>
    public PaymentMade Payment => Prepared.Payment;

    /// <summary>Handle of the person who prepared it.</summary>
    public string Preparer { get; } = preparer;

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    /// <summary>The entry that approved or rejected it. Null: it waits.</summary>
    public EntryId? DecidedBy { get; internal set; }

    /// <summary>Why it was rejected, in a document. Null: it was not, or without words.</summary>
    public DocumentDigest? Reasons { get; internal set; }

    public bool IsApproved { get; internal set; }

    public bool Waits => DecidedBy is null;

    public bool IsFor(EntryId project) => Payment.Project is { } named && EntryId.From(named) == project;
}

/// <summary>The payments of a body that needed a second person.</summary>
public sealed class PreparationBook
{
    private readonly Dictionary<EntryId, Preparation> byId = [];
    private readonly List<Preparation> prepared = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Preparation> All => prepared;

    public Preparation? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal Preparation this[EntryId id] => byId[id];

    internal void Add(Preparation preparation)
    {
        byId.Add(preparation.Id, preparation);
        prepared.Add(preparation);
    }
}
