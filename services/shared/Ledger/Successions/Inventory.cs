namespace FundingFlows.Ledger;

/// <summary>One lot of a body that was abolished, and where its money is now.</summary>
/// <param name="ArrivedLater">It came to the body when others stood in its place already.</param>
/// <param name="HeldPence">What there was of it: at vesting or, of one that arrived later, when it came.</param>
/// <param name="Received">What each successor has received of it.</param>
/// <param name="OnItsWayPence">Sent to successors and not recorded as received.</param>
/// <param name="CameBackPence">Sent to a successor and refused: it is a lot of its own since.</param>
/// <param name="LeftPence">Still with the body.</param>
/// <param name="GoneElsewherePence">Paid for it since by who keeps its money, or sent to who had claimed it.</param>
public sealed record InheritedLot(
    LotId Lot, FundLine Line, bool ArrivedLater, long HeldPence, IReadOnlyList<(string Successor, long Pence)> Received, long OnItsWayPence, long CameBackPence, long LeftPence,
    long GoneElsewherePence)
{
    public long ReceivedPence => Received.Sum(one => one.Pence);

    /// <summary>What is nowhere. Below zero: successors received more than there was.</summary>
    public long LostPence => HeldPence - ReceivedPence - OnItsWayPence - CameBackPence - LeftPence - GoneElsewherePence;
}

/// <summary>Something that is handed over whole: an agreement, an award, a project, something that money is held for, a payment.</summary>
/// <param name="Successor">Who is to take it. Empty: it was not handed over yet.</param>
/// <param name="IsTaken">The successor has recorded that it has it.</param>
/// <param name="IsTheSame">What it has recorded is what the body had, as far as it has.</param>
/// <param name="IsSeen">All that its taker has answered is seen: what is missing then is not merely still to be seen.</param>
/// <param name="HeldPence">What the body held for it, less what who keeps its money has paid of that since. 0: nothing.</param>
/// <param name="SentPence">What of that was sent, and did not come back.</param>
/// <param name="ReceivedPence">What the successor has received of that.</param>
public sealed record InheritedThing(
    string Name, string Successor, bool IsTaken, bool IsSeen, bool IsTheSame = true, long HeldPence = 0, long SentPence = 0, long ReceivedPence = 0);

/// <summary>All that a body had when others came to stand in its place, item by item, against what they received.</summary>
/// <param name="IsSealed">The body has ended: nothing of it may still be to come.</param>
public sealed record Inventory(string Body, Vesting Vesting, bool IsSealed, IReadOnlyList<InheritedLot> Lots, IReadOnlyList<InheritedThing> Things)
{
    public long HeldPence => Lots.Where(lot => !lot.ArrivedLater).Sum(lot => lot.HeldPence);

    public long ArrivedPence => Lots.Where(lot => lot.ArrivedLater).Sum(lot => lot.HeldPence) - Lots.Sum(lot => lot.CameBackPence);

    public long ReceivedPence => Lots.Sum(lot => lot.ReceivedPence);

    public long OnItsWayPence => Lots.Sum(lot => lot.OnItsWayPence + lot.LeftPence);

    /// <summary>Whether everything was handed over and has arrived.</summary>
    public bool IsComplete => IsSealed && OnItsWayPence == 0 && Things.All(thing => thing.IsTaken);

    /// <summary>A sentence for each item that is lost, or not as it should be.</summary>
    public IEnumerable<string> Findings() =>
    [
        .. Lots.Where(lot => lot.LostPence != 0).Select(lot =>
            $"{Body} had {Pence.InPounds(lot.HeldPence)} of lot {lot.Lot}, of which successors received {Pence.InPounds(lot.ReceivedPence)} and {Pence.InPounds(lot.OnItsWayPence + lot.CameBackPence + lot.LeftPence + lot.GoneElsewherePence)} is elsewhere."),
        .. Things.Where(thing => IsSealed && thing.IsSeen && !thing.IsTaken).Select(thing =>
            $"{Body} has ended, and nobody has taken over {thing.Name}."),
        .. Things.Where(thing => thing.IsTaken && !thing.IsTheSame).Select(thing =>
            $"{thing.Successor} has taken over {thing.Name} otherwise than {Body} had it."),
        .. Things.Where(thing => IsSealed && thing.SentPence != thing.HeldPence).Select(thing =>
            $"{Body} held {Pence.InPounds(thing.HeldPence)} for {thing.Name}, of which {thing.Successor} was sent {Pence.InPounds(thing.SentPence)}."),
    ];

    /// <summary>The inventory of a body. Null: nobody was ordered to stand in its place, as far as is seen.</summary>
    public static Inventory? Of(Federation federation, Books books)
    {
        if (books.Vesting is not { } vesting)
            return null;
        var received = vesting.Succession.Successors.Select(successor => (Successor: successor, Lots: LotsFrom(federation, books, successor))).ToList();
        var sent = books.Transfers.Sent.Where(transfer => transfer.Id.Index > vesting.At.Index).ToLookup(transfer => transfer.Purpose == TransferPurpose.Succession);
        var moving = PiecesOf(sent[true].Where(transfer => transfer.State != TransferStage.Reversed && federation.Of(transfer.Receiver)?.Transfers.FindReceived(transfer.Id) is null));
        var reversed = PiecesOf(sent.SelectMany(transfers => transfers).Where(transfer => transfer.State == TransferStage.Reversed));
        var gone = PiecesOf(sent[false].Where(transfer => transfer.State != TransferStage.Reversed));
        foreach (var piece in books.Payments.All.SelectMany(payment => payment.Pieces).Where(piece => piece.PaidBy.Index > vesting.At.Index))
            gone[piece.Lot] = gone.GetValueOrDefault(piece.Lot) + piece.AmountPence;
        var later = books.Lots.All.Where(lot => lot.Id.Entry.Index > vesting.At.Index).Select(lot => (Lot: lot.Id, Pence: lot.AmountPence));
        return new Inventory(
            books.Body, vesting, books.Ending.IsSealed,
            [
                .. vesting.Held.Select(held => (held.Lot, held.Pence, Later: false)).Concat(later.Select(one => (one.Lot, one.Pence, Later: true))).Select(one => new InheritedLot(
                    one.Lot, books.Lots.Find(one.Lot)!.Line, one.Later, one.Pence,
                    [.. received.Select(successor => (successor.Successor, successor.Lots.GetValueOrDefault(one.Lot))).Where(part => part.Item2 != 0)],
                    moving.GetValueOrDefault(one.Lot), reversed.GetValueOrDefault(one.Lot), books.Lots.Find(one.Lot)!.RemainingPence,
                    gone.GetValueOrDefault(one.Lot))),
            ],
            [.. ThingsOf(federation, books, vesting)]);
    }

    /// <summary>What a successor received out of each lot of the predecessor. What the predecessor is not yet seen to have sent is not counted.</summary>
    private static Dictionary<LotId, long> LotsFrom(Federation federation, Books predecessor, string successor) =>
        federation.Of(successor) is not { } books ? []
        : books.Transfers.Received.Where(received => received.Purpose == TransferPurpose.Succession && received.Id.Body == predecessor.Body && federation.HasSeen(received.Id))
            .SelectMany(received => received.Lots).Select(lot => books.Lots.Find(lot)!).Where(lot => lot.Parent is not null)
            .GroupBy(lot => lot.Parent!.Value).ToDictionary(lots => lots.Key, lots => lots.Sum(lot => lot.AmountPence));

    private static Dictionary<LotId, long> PiecesOf(IEnumerable<Transfer> transfers) =>
        transfers.SelectMany(transfer => transfer.Pieces).GroupBy(piece => piece.Lot).ToDictionary(pieces => pieces.Key, pieces => pieces.Sum(piece => piece.AmountPence));

    private static IEnumerable<InheritedThing> ThingsOf(Federation federation, Books books, Vesting vesting)
    {
        var funded = vesting.Told.Where(told => told.Value.Taker.Length > 0).SelectMany(told => new FundedThings(books, told.Key).All()).Select(Vesting.NameOf);
        foreach (var name in funded.Distinct())
        {
            var successor = vesting.TakerOf(name) ?? "";
            yield return new InheritedThing(name, successor, TakenOf(federation, books, successor, name).Count > 0, IsSeen(federation, vesting, name));
        }
        var sent = HeldPieces(books, transfer => transfer.State != TransferStage.Reversed);
        var received = HeldPieces(books, transfer => federation.Of(transfer.Receiver)?.Transfers.FindReceived(transfer.Id) is not null);
        var whole = new WholeThings(books);
        foreach (var parts in whole.Of(vesting).Select(one => one.Thing).GroupBy(Vesting.NameOf))
        {
            var successor = vesting.TakerOf(parts.Key) ?? "";
            var taken = TakenOf(federation, books, successor, parts.Key);
            var (id, held) = HeldFor(parts.First());
            yield return new InheritedThing(
                parts.Key, successor, taken.Count == parts.Count(), IsSeen(federation, vesting, parts.Key), taken.Zip(parts).All(pair => pair.First.Equals(pair.Second)),
                held - (id is { } from ? whole.PaidSince(vesting, from) : 0), id is { } hold ? sent.GetValueOrDefault(hold) : 0, id is { } kept ? received.GetValueOrDefault(kept) : 0);
        }
    }

    private static bool IsSeen(Federation federation, Vesting vesting, string thing) => vesting.AnswersTo(thing).All(federation.HasSeen);

    private static IReadOnlyList<InHand> TakenOf(Federation federation, Books books, string successor, string name) =>
        federation.Of(successor)?.Inheritances.GetValueOrDefault(books.Body)?.Taken(name) ?? [];

    private static (EntryId? Hold, long Pence) HeldFor(InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Reservation => (EntryId.From(thing.Reservation.Reservation), thing.Reservation.HeldPence + thing.Reservation.InstructedPence),
        InHand.ThingOneofCase.Liability => (EntryId.From(thing.Liability.Liability), thing.Liability.HeldPence + thing.Liability.InstructedPence),
        InHand.ThingOneofCase.Preparation => (EntryId.From(thing.Preparation.Preparation), thing.Preparation.HeldPence),
        _ => (null, 0),
    };

    /// <summary>What some of the transfers to successors took out of each hold.</summary>
    private static Dictionary<EntryId, long> HeldPieces(Books books, Func<Transfer, bool> which) => books.Transfers.Sent
        .Where(transfer => transfer.Purpose == TransferPurpose.Succession && which(transfer))
        .SelectMany(transfer => transfer.Pieces).Where(piece => piece.Hold is not null && !piece.MustReturn)
        .GroupBy(piece => piece.Hold!.Value).ToDictionary(pieces => pieces.Key, pieces => pieces.Sum(piece => piece.AmountPence));
}
