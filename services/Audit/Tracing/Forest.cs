namespace FundingFlows.Audit;

/// <summary>
/// The forest of lots over all bodies: which lots and payments came from each lot. Built as entries are applied; read and
/// written with the lock of <see cref="FollowedJournals"/> held.
/// </summary>
public sealed class Forest
{
    private readonly Dictionary<LotId, List<LotId>> children = [];
    private readonly Dictionary<LotId, List<EntryId>> payments = [];
    private readonly Dictionary<EntryId, EntryId> receipts = [];
    private readonly List<LotId> roots = [];
    private readonly HashSet<EntryId> paid = [];
    private readonly SortedDictionary<string, EntryId> newestFirst = new(StringComparer.Ordinal);

    /// <summary>Every lot that was issued, in the order in which it was seen.</summary>
    public IReadOnlyList<LotId> Roots => roots;

    /// <summary>Every payment, the newest first, by a key that is in that order too.</summary>
    public IReadOnlyDictionary<string, EntryId> Payments => newestFirst;

    /// <summary>The lots that came from a lot.</summary>
    public IReadOnlyList<LotId> ChildrenOf(LotId lot) => children.GetValueOrDefault(lot) ?? [];

    /// <summary>The payments that drew from a lot.</summary>
    public IReadOnlyList<EntryId> PaymentsFrom(LotId lot) => payments.GetValueOrDefault(lot) ?? [];

    /// <summary>The transfer that an entry received. Null: it received none.</summary>
    public EntryId? ReceivedBy(EntryId entry) => receipts.TryGetValue(entry, out var transfer) ? transfer : null;

    /// <summary>The entry that sent the piece that a lot was received as. Null: it was not received, or that entry is not seen yet.</summary>
    public EntryId? SentBy(AuditView view, Lot lot)
    {
        if (ReceivedBy(lot.Id.Entry) is not { } transfer || view.BooksOf(transfer.Body)?.Transfers.Find(transfer) is not { } sent)
            return null;
        var place = view.BooksOf(lot.Id.Entry.Body)!.Transfers.FindReceived(transfer)!.Lots.ToList().IndexOf(lot.Id);
        return place < sent.Pieces.Count ? sent.Pieces[place].SentBy : null;
    }

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        children.Clear();
        payments.Clear();
        receipts.Clear();
        roots.Clear();
        paid.Clear();
        newestFirst.Clear();
    }

    public void Look(JournalReplica replica, Entry entry)
    {
        var at = replica.IdOf(entry);
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.MoneyIssued:
                roots.AddRange(Enumerable.Range(0, fact.MoneyIssued.Lots.Count).Select(i => new LotId(at, i)));
                break;
            case Fact.KindOneofCase.TransferReceived:
                receipts[at] = EntryId.From(fact.TransferReceived.Delivery.Entry);
                AddChildren(at, fact.TransferReceived.Lots);
                break;
            case Fact.KindOneofCase.TakenOver:
                // What a predecessor paid counts as this body's, out of lots that came from there.
                receipts[at] = EntryId.From(fact.TakenOver.Delivery.Entry);
                AddChildren(at, fact.TakenOver.Lots);
                for (var i = 0; i < fact.TakenOver.Lots.Count; i++)
                    payments.AddTo(new LotId(at, i), EntryId.From(fact.TakenOver.Thing.Payment.Payment));
                break;
            case Fact.KindOneofCase.TransferReversed:
                AddChildren(at, fact.TransferReversed.Lots);
                break;
            case Fact.KindOneofCase.PotsMerged:
                AddChildren(at, fact.PotsMerged.Lots);
                break;
            case Fact.KindOneofCase.PaymentMade:
                AddPayment(at with { Index = at.Index - Math.Max(0, (int)entry.Part - 1) }, entry);
                break;
        }
    }

    private void AddChildren(EntryId at, IReadOnlyList<NewLot> lots)
    {
        for (var i = 0; i < lots.Count; i++)
            if (lots[i].Parent is not null)
                children.AddTo(LotId.From(lots[i].Parent), new LotId(at, i));
    }

    private void AddPayment(EntryId payment, Entry entry)
    {
        // The order is that of the times which bodies recorded, not that in which journals happened to be read.
        if (paid.Add(payment))
            newestFirst.Add($"{DateTimeOffset.MaxValue.Ticks - entry.RecordedAt.ToDateTimeOffset().Ticks:D19} {payment}", payment);
        foreach (var lot in entry.Fact.PaymentMade.Pieces.Select(piece => LotId.From(piece.Lot)).Distinct())
            payments.AddTo(lot, payment);
    }
}
