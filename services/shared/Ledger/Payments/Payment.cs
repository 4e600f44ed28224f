namespace FundingFlows.Ledger;

/// <summary>A piece that a payment drew from a lot, and how much of it has come back.</summary>
public sealed class PaidPiece(EntryId paidBy, LotId lot, long amountPence)
{
    /// <summary>The entry that paid it: of a payment of several parts, the part.</summary>
    public EntryId PaidBy { get; } = paidBy;

    public LotId Lot { get; } = lot;

    public long AmountPence { get; } = amountPence;

    public long RefundedPence { get; internal set; }
}

/// <summary>Money that this body paid out of the federation.</summary>
public sealed class Payment(EntryId id, PaymentMade made, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    private readonly List<PaidPiece> pieces = [];

    /// <summary>The (first) entry that made it.</summary>
    public EntryId Id { get; } = id;

    /// <summary>What was recorded. Its pieces are only those of the first part; see <see cref="Pieces"/>.</summary>
    public PaymentMade Made { get; private set; } = made;

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    public long AmountPence => Made.AmountPence;

    public long RefundedPence { get; internal set; }

    /// <summary>Whether it was lent: it is to be repaid.</summary>
    public bool IsLoan => Made.RepayableBy is not null;

    /// <summary>Of a loan: the interest that was paid on it, in pence.</summary>
    public long InterestPence { get; internal set; }

    /// <summary>All pieces, in the order in which they were drawn.</summary>
    public IReadOnlyList<PaidPiece> Pieces => pieces;

    /// <summary>What the money was used for, by a body of that tier.</summary>
    public Use UseBy(Tier spender) => new(Made.FinancialYear, Made.Kind, spender, Made.Category, Made.Place);

    internal void Add(PaidPiece piece) => pieces.Add(piece);

    /// <summary>More of it, of a payment that a predecessor made and hands over in several parts.</summary>
    internal void Enlarge(long pence)
    {
        Made = Made.Clone();
        Made.AmountPence += pence;
    }
}

/// <summary>The payments that a body made.</summary>
public sealed class PaymentBook
{
    private readonly Dictionary<EntryId, Payment> byId = [];
    private readonly List<Payment> made = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Payment> All => made;

    /// <summary>These and the ones that wait, by what makes them look like one another.</summary>
    public AlikePayments Alike { get; } = new();

    public Payment? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal Payment this[EntryId id] => byId[id];

    internal void Add(Payment payment)
    {
        byId.Add(payment.Id, payment);
        made.Add(payment);
    }
}
