namespace FundingFlows.Ledger;

/// <summary>Money that was set aside for one thing. What is left of it is held under its id.</summary>
public sealed class Reservation(EntryId id, Reserved made, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    /// <summary>The (first) entry that made it.</summary>
    public EntryId Id { get; } = id;

    /// <summary>What was recorded. Its pieces are only those of the first part.</summary>
    public Reserved Made { get; } = made;

    public PlannedSpending For { get; } = PlannedSpending.From(made.Use);

    public DateOnly ExpiresOn { get; } = Dates.From(made.ExpiresOn);

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    public long AmountPence => Made.AmountPence;

    /// <summary>What was made free again, by release or by expiry, in pence.</summary>
    public long ReleasedPence { get; internal set; }

    /// <summary>Whether it was ended because its day had come.</summary>
    public bool IsExpired { get; internal set; }
}

/// <summary>The reservations of a body.</summary>
public sealed class ReservationBook
{
    private readonly Dictionary<EntryId, Reservation> byId = [];
    private readonly List<Reservation> made = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Reservation> All => made;

    public Reservation? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal Reservation this[EntryId id] => byId[id];

    internal void Add(Reservation reservation)
    {
        byId.Add(reservation.Id, reservation);
        made.Add(reservation);
    }
}
