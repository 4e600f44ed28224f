using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>How far a transfer has come, as its sender knows.</summary>
public enum TransferStage
{
    InTransit,
    Settled,
    Reversed,
}

/// <summary>A piece that was sent: the lot that it was drawn from, how much, and what it may be used for at the receiver.</summary>
/// <param name="SentBy">The entry that sent it: of a transfer of several parts, the part.</param>
/// <param name="MustReturn">Whether it may only go back to where it came from.</param>
/// <param name="Hold">What it was held for. Null: it was free.</param>
public readonly record struct SentPiece(EntryId SentBy, LotId Lot, long AmountPence, FundLine Line, bool MustReturn = false, EntryId? Hold = null);

/// <summary>Money that this body sent to another. What is known of it stands in the book; this only says which it is.</summary>
public sealed class Transfer
{
    private readonly SentTransfers book;
    private readonly int place;

    internal Transfer(SentTransfers book, int place) => (this.book, this.place) = (book, place);

    /// <summary>The (first) entry that sent it.</summary>
    public EntryId Id => book.IdOf(place);

    public string Receiver => Label.Receiver;

    public TransferPurpose Purpose => Label.Purpose;

    public EntryId Award => Label.Award;

    /// <summary>The clawback that it meets. Null: it meets none.</summary>
    public EntryId? Clawback => Label.Clawback;

    /// <summary>Of an allocation: the promise of the award that it was released against, from 0.</summary>
    public int Promise => Label.Promise;

    /// <summary>The standing instruction by which it was sent. Null: a person released it, or it is no allocation.</summary>
    public EntryId? PassedOnBy => Label.PassedOnBy;

    /// <summary>Which share of that instruction, from 0.</summary>
    internal int PassedOnShare => Label.PassedOnShare;

    public long AmountPence => book.RowOf(place).AmountPence;

    /// <summary>Its number among the deliveries to the receiver.</summary>
    public long Sequence => book.RowOf(place).Sequence;

    public Timestamp SentAt => book.RowOf(place).SentAt;

    public IReadOnlyList<SentPiece> Pieces => book.PiecesOf(place);

    public TransferStage State
    {
        get => book.RowOf(place).State;
        internal set => book.RowOf(place).State = value;
    }

    /// <summary>The receiver's (first) entry that answered it. Null: in transit.</summary>
    public EntryId? Answer
    {
        get => book.AnswerOf(place);
        internal set => book.Answer(place, value);
    }

    /// <summary>Of a reversed transfer: the lot that each piece came back as, in the order of the pieces.</summary>
    public IReadOnlyList<LotId> CameBack => book.BackOf(place);

    private TransferLabel Label => book.LabelOf(place);

    internal void Add(EntryId sentBy, Lot lot, TransferPiece piece, FundLine line) => book.Add(place, sentBy, lot, piece, line);

    internal void AddBack(Lot lot) => book.AddBack(place, lot);
}

/// <summary>Money that this body received: a lot for each piece, in the order of the pieces.</summary>
public sealed class ReceivedTransfer
{
    private readonly ReceivedTransfers book;
    private readonly int place;

    internal ReceivedTransfer(ReceivedTransfers book, int place) => (this.book, this.place) = (book, place);

    /// <summary>The (first) entry that sent it, in the sender's journal.</summary>
    public EntryId Id => book.IdOf(place);

    /// <summary>The (first) entry that received it.</summary>
    public EntryId RecordedBy => book.RecordedBy(place);

    public TransferPurpose Purpose => book.LabelOf(place).Purpose;

    public EntryId Award => book.LabelOf(place).Award;

    public IReadOnlyList<LotId> Lots => book.LotsOf(place);

    internal void Add(Lot lot) => book.Add(place, lot);
}
