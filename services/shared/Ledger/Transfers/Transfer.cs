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

/// <summary>Money that this body sent to another.</summary>
public sealed class Transfer(EntryId id, string receiver, TransferPurpose purpose, EntryId award, int promise, long amountPence, long sequence,
    Google.Protobuf.WellKnownTypes.Timestamp sentAt)
{
    // There are millions of transfers and most are of one piece: no room is kept for more.
    private SentPiece[] pieces = [];
    private List<LotId>? cameBack;

    /// <summary>The (first) entry that sent it.</summary>
    public EntryId Id { get; } = id;

    public string Receiver { get; } = receiver;

    public TransferPurpose Purpose { get; } = purpose;

    public EntryId Award { get; } = award;

    /// <summary>The clawback that it meets. Null: it meets none.</summary>
    public EntryId? Clawback { get; init; }

    /// <summary>Of an allocation: the promise of the award that it was released against, from 0.</summary>
    public int Promise { get; } = promise;

    public long AmountPence { get; } = amountPence;

    /// <summary>Its number among the deliveries to the receiver.</summary>
    public long Sequence { get; } = sequence;

    public Google.Protobuf.WellKnownTypes.Timestamp SentAt { get; } = sentAt;

    public IReadOnlyList<SentPiece> Pieces => pieces;

    public TransferStage State { get; internal set; }

    /// <summary>The receiver's (first) entry that answered it. Null: in transit.</summary>
    public EntryId? Answer { get; internal set; }

    /// <summary>Of a reversed transfer: the lot that each piece came back as, in the order of the pieces.</summary>
    public IReadOnlyList<LotId> CameBack => cameBack ?? [];

    internal void Add(SentPiece[] more) => pieces = pieces.Length == 0 ? more : [.. pieces, .. more];

    internal void AddBack(LotId lot) => (cameBack ??= []).Add(lot);
}

/// <summary>Money that this body received: a lot for each piece, in the order of the pieces.</summary>
public sealed class ReceivedTransfer(EntryId id, EntryId recordedBy, TransferPurpose purpose, EntryId award)
{
    private readonly List<LotId> lots = [];

    /// <summary>The (first) entry that sent it, in the sender's journal.</summary>
    public EntryId Id { get; } = id;

    /// <summary>The (first) entry that received it.</summary>
    public EntryId RecordedBy { get; } = recordedBy;

    public TransferPurpose Purpose { get; } = purpose;

    public EntryId Award { get; } = award;

    public IReadOnlyList<LotId> Lots => lots;

    internal void Add(LotId lot) => lots.Add(lot);
}

/// <summary>The transfers that a body sent, received and refused.</summary>
public sealed class TransferBook
{
    private readonly Dictionary<long, Transfer> sent = [];
    private readonly List<Transfer> inOrder = [];
    private readonly Dictionary<EntryId, ReceivedTransfer> received = [];
    private readonly HashSet<EntryId> refused = [];
    private readonly Dictionary<(EntryId Award, LotId Lot), GivenMoney> given = [];
    private readonly Dictionary<EntryId, EntryId> roots = [];
    private readonly Dictionary<LotId, GivenLot> inherited = [];

    /// <summary>What was sent, oldest first.</summary>
    public IReadOnlyList<Transfer> Sent => inOrder;

    public IReadOnlyCollection<ReceivedTransfer> Received => received.Values;

    /// <summary>What was sent as that entry. Null: nothing.</summary>
    public Transfer? Find(EntryId id) => sent.TryGetValue(id.Index, out var transfer) && transfer.Id == id ? transfer : null;

    /// <summary>What was received of what another body sent as that entry. Null: nothing.</summary>
    public ReceivedTransfer? FindReceived(EntryId id) => received.GetValueOrDefault(id);

    /// <summary>Whether this body refused what another sent as that entry.</summary>
    public bool HasRefused(EntryId id) => refused.Contains(id);

    /// <summary>What was released of a lot under an award. Null: nothing.</summary>
    public GivenMoney? Given(EntryId award, LotId lot) => given.GetValueOrDefault((RootOf(award), lot));

    /// <summary>All that was released under an award, by lot.</summary>
    internal IEnumerable<(LotId Lot, GivenMoney Money)> GivenUnder(EntryId award) => given.Where(one => one.Key.Award == award).Select(one => (one.Key.Lot, one.Value));

    /// <summary>A lot of a predecessor of which money may come back here. Null: none.</summary>
    internal GivenLot? Inherited(LotId lot) => inherited.GetValueOrDefault(lot);

    internal void Inherit(LotId lot, GivenLot label) => inherited[lot] = label;

    /// <summary>What was released under both is one: no more of it can come back in all, whoever sends it.</summary>
    internal void Continue(EntryId award, EntryId continuation) => roots[continuation] = RootOf(award);

    /// <summary>The award that one goes on from; itself, where it goes on from none.</summary>
    internal EntryId RootOf(EntryId award) => roots.GetValueOrDefault(award, award);

    internal Transfer this[EntryId id] => Find(id) ?? throw new KeyNotFoundException($"Nothing was sent as {id}.");

    internal void Add(Transfer transfer)
    {
        // All are of this journal, where an index is an entry's alone.
        sent.Add(transfer.Id.Index, transfer);
        inOrder.Add(transfer);
    }

    internal void Add(ReceivedTransfer transfer) => received.Add(transfer.Id, transfer);

    internal void Release(EntryId award, LotId lot, FundLine line, long pence)
    {
        var key = (RootOf(award), lot);
        if (!given.TryGetValue(key, out var money))
            given.Add(key, money = new GivenMoney());
        money.Release(line, pence);
    }

    /// <summary>What was released under an award as that kind and with those earmarks, and has not come back, in pence.</summary>
    public long LeftPence(EntryId award, Kind kind, EarmarkSet earmarks) =>
        given.Where(money => money.Key.Award == RootOf(award)).Sum(money => money.Value.LeftPenceOf(kind, earmarks));

    /// <summary>What was released under an award, and has not come back, in pence.</summary>
    public long LeftPence(EntryId award) => GivenUnder(RootOf(award)).Sum(given => given.Money.LeftPence);

    /// <summary>It is given no more: as far as it was.</summary>
    internal void TakeBack(EntryId award, LotId lot, FundLine line, long pence) => Given(award, lot)?.TakeBack(line, pence);

    internal void Refuse(EntryId id) => refused.Add(id);
}
