using System.Collections;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>The transfers that a body sent, received and refused.</summary>
public sealed class TransferBook(LotBook lots)
{
    private readonly SentTransfers sent = new(lots);
    private readonly ReceivedTransfers received = new(lots);
    private readonly HashSet<EntryId> refused = [];
    private readonly Dictionary<EntryId, Dictionary<LotId, GivenMoney>> given = [];
    private readonly Dictionary<EntryId, EntryId> roots = [];
    private readonly Dictionary<LotId, GivenLot> inherited = [];

    /// <summary>What was sent, oldest first.</summary>
    public IReadOnlyList<Transfer> Sent => new Each<Transfer>(sent.Count, place => new Transfer(sent, place));

    /// <summary>What was received, in the order in which it came.</summary>
    public IReadOnlyList<ReceivedTransfer> Received => new Each<ReceivedTransfer>(received.Count, place => new ReceivedTransfer(received, place));

    /// <summary>What was sent as that entry. Null: nothing.</summary>
    public Transfer? Find(EntryId id) => sent.Find(id);

    /// <summary>What was received of what another body sent as that entry. Null: nothing.</summary>
    public ReceivedTransfer? FindReceived(EntryId id) => received.Find(id);

    /// <summary>Whether this body refused what another sent as that entry.</summary>
    public bool HasRefused(EntryId id) => refused.Contains(id);

    /// <summary>What was released of a lot under an award. Null: nothing.</summary>
    public GivenMoney? Given(EntryId award, LotId lot) => given.GetValueOrDefault(RootOf(award))?.GetValueOrDefault(lot);

    /// <summary>All that was released under an award, by lot.</summary>
    internal IEnumerable<(LotId Lot, GivenMoney Money)> GivenUnder(EntryId award) => given.GetValueOrDefault(award)?.Select(one => (one.Key, one.Value)) ?? [];

    /// <summary>A lot of a predecessor of which money may come back here. Null: none.</summary>
    internal GivenLot? Inherited(LotId lot) => inherited.GetValueOrDefault(lot);

    internal void Inherit(LotId lot, GivenLot label) => inherited[lot] = label;

    /// <summary>What was released under both is one: no more of it can come back in all, whoever sends it.</summary>
    internal void Continue(EntryId award, EntryId continuation) => roots[continuation] = RootOf(award);

    /// <summary>The award that one goes on from; itself, where it goes on from none.</summary>
    internal EntryId RootOf(EntryId award) => roots.GetValueOrDefault(award, award);

    internal Transfer this[EntryId id] => sent.Find(id) ?? throw new KeyNotFoundException($"Nothing was sent as {id}.");

    internal Transfer Add(EntryId id, TransferSent fact, Timestamp sentAt) => sent.Add(id, fact, sentAt);

    /// <param name="id">The (first) entry that sent it.</param>
    /// <param name="recordedBy">The (first) entry that received it.</param>
    internal ReceivedTransfer AddReceived(EntryId id, EntryId recordedBy, TransferPurpose purpose, EntryId award) => received.Add(id, recordedBy, purpose, award);

    internal void Release(EntryId award, LotId lot, FundLine line, long pence)
    {
        if (!given.TryGetValue(RootOf(award), out var lots))
            given.Add(RootOf(award), lots = []);
        if (!lots.TryGetValue(lot, out var money))
            lots.Add(lot, money = new GivenMoney());
        money.Release(line, pence);
    }

    /// <summary>What was released under an award as that kind and with those earmarks, and has not come back, in pence.</summary>
    public long LeftPence(EntryId award, Kind kind, EarmarkSet earmarks) =>
        GivenUnder(RootOf(award)).Sum(given => given.Money.LeftPenceOf(kind, earmarks));

    /// <summary>What was released under an award, and has not come back, in pence.</summary>
    public long LeftPence(EntryId award) => GivenUnder(RootOf(award)).Sum(given => given.Money.LeftPence);

    /// <summary>It is given no more: as far as it was.</summary>
    internal void TakeBack(EntryId award, LotId lot, FundLine line, long pence) => Given(award, lot)?.TakeBack(line, pence);

    internal void Refuse(EntryId id) => refused.Add(id);

    /// <summary>All of a book: each is made when it is asked for.</summary>
    private sealed class Each<T>(int count, Func<int, T> at) : IReadOnlyList<T>
    {
        public int Count => count;

        public T this[int index] => index >= 0 && index < count ? at(index) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<T> GetEnumerator() => Enumerable.Range(0, count).Select(at).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
