using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>The way of one piece of a payment, from its source on.</summary>
/// <param name="Steps">In the order in which the money went.</param>
internal sealed record Way(long AmountPence, Source Source, string IssuedBy, IReadOnlyList<string> Steps);

/// <summary>
/// Follows a payment back to its sources through entries whose proofs hold, and through nothing else: each piece to the lot that it was drawn from,
/// each lot to the one that it came from, across bodies by the entry that sent it, up to money that was issued.
/// </summary>
internal sealed class WayCheck(EntryId payment, IReadOnlyDictionary<EntryId, TracedEntry> entries)
{
    private readonly List<string> findings = [];
    private readonly List<Way> ways = [];
    private readonly Dictionary<LotId, NewLot> lots = [];
    private readonly Dictionary<LotId, long> drawn = [];
    private readonly HashSet<LotId> counted = [];

    /// <summary>What is wrong, in a sentence each.</summary>
    public IReadOnlyList<string> Findings => findings;

    public IReadOnlyList<Way> Ways => ways;

    /// <summary>The payment as its entries say it. Null: it is not in the bundle.</summary>
    public PaymentMade? Made { get; private set; }

    /// <summary>Who paid it, where another keeps the body's money. Null: the body itself.</summary>
    public string? PaidBy { get; private set; }

    public void Run()
    {
        var parts = entries.Values.Where(one => one.First == payment && one.Id.Body == payment.Body && one.Entry.Fact.KindCase == Fact.KindOneofCase.PaymentMade)
            .OrderBy(one => one.Id.Index).ToList();
        if (parts.Count == 0)
        {
            findings.Add($"The payment {payment} is not in the file.");
            return;
        }
        Made = parts[0].Entry.Fact.PaymentMade;
        var pieces = parts.SelectMany(part => part.Entry.Fact.PaymentMade.Pieces.Select(piece => (part.Id, Piece: piece))).ToList();
        var paid = pieces.Aggregate(0L, (sum, one) => Added(sum, one.Piece.AmountPence));
        if (paid != Made.AmountPence)
            findings.Add($"The payment is of {Pence.InPounds(Made.AmountPence)}, and its pieces in the file add up to {Pence.InPounds(paid)}.");
        foreach (var (paidBy, piece) in pieces)
            Follow(paidBy, piece);
        foreach (var (lot, pence) in drawn)
            if (lots.TryGetValue(lot, out var made) && pence > made.AmountPence)
                findings.Add($"Of lot {lot} more was drawn ({Pence.InPounds(pence)}) than it has ({Pence.InPounds(made.AmountPence)}).");
        CheckAgency();
    }

    private void Follow(EntryId paidBy, Piece piece)
    {
        var steps = new List<string> { $"paid by {paidBy.Body} ({paidBy})" };
        var id = LotId.From(piece.Lot);
        Draw(id, piece.AmountPence);
        if (id.Entry.Body != paidBy.Body)
            findings.Add($"{paidBy} pays from lot {id}, which is no lot of {paidBy.Body}.");
        Origin? origin = null;
        var seen = new HashSet<LotId>();
        while (seen.Add(id))
        {
            if (Find(id) is not { } made)
                return;
            if (origin is not null && !origin.Equals(made.Origin))
                findings.Add($"Lot {id} has another origin than the money that came from it.");
            origin = made.Origin;
            if (made.Parent is null)
            {
                End(id, made, piece.AmountPence, steps);
                return;
            }
            if (!Step(id, made, steps))
                return;
            // Several pieces may have come through this lot: it was drawn from its parent once.
            if (counted.Add(id))
                Draw(LotId.From(made.Parent), made.AmountPence);
            id = LotId.From(made.Parent);
        }
        findings.Add($"Lot {id} comes from itself.");
    }

    /// <summary>The lot as the entry that made it says. A lot that is not there is found.</summary>
    private NewLot? Find(LotId id)
    {
        if (lots.TryGetValue(id, out var known))
            return known;
        if (!entries.TryGetValue(id.Entry, out var maker))
            findings.Add($"Lot {id} is on the way, and entry {id.Entry}, which made it, is not in the file.");
        else if (id.Ordinal < LotsOf(maker.Entry.Fact).Count)
            return lots[id] = LotsOf(maker.Entry.Fact)[id.Ordinal];
        else
            findings.Add($"Lot {id} is on the way, and entry {id.Entry} made no such lot.");
        return null;
    }

    private static IReadOnlyList<NewLot> LotsOf(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.MoneyIssued => fact.MoneyIssued.Lots,
        Fact.KindOneofCase.TransferReceived => fact.TransferReceived.Lots,
        Fact.KindOneofCase.TransferReversed => fact.TransferReversed.Lots,
        Fact.KindOneofCase.PotsMerged => fact.PotsMerged.Lots,
        Fact.KindOneofCase.TakenOver => fact.TakenOver.Lots,
        _ => [],
    };

    /// <summary>Counts what was drawn from a lot.</summary>
    private void Draw(LotId id, long pence)
    {
        if (pence <= 0)
            findings.Add($"What was drawn from lot {id} is no amount: {Pence.InPounds(pence)}.");
        drawn[id] = Added(drawn.GetValueOrDefault(id), pence);
    }

    /// <summary>A sum of what strangers may have written: more than there can be stays more than there can be.</summary>
    private static long Added(long sum, long pence) => Math.Clamp(sum + pence, -(long.MaxValue / 2), long.MaxValue / 2);

    private void End(LotId id, NewLot made, long pence, List<string> steps)
    {
        var issued = entries[id.Entry].Entry.Fact.MoneyIssued;
        if (issued is null || LotId.From(made.Origin.Lot) != id || !made.Origin.Source.Equals(issued.Source))
            findings.Add($"Lot {id} came from no other lot, and was not issued from the source that it names.");
        if (!Names.IsSourceReference(made.Origin.Source.Reference))
            findings.Add($"Lot {id} was issued from a source with a reference that none can have.");
        steps.Add($"issued by {id.Entry.Body} ({id.Entry})");
        steps.Reverse();
        ways.Add(new Way(pence, made.Origin.Source, id.Entry.Body, steps));
    }

    /// <summary>How a lot came from its parent. False: it cannot be followed further.</summary>
    private bool Step(LotId id, NewLot made, List<string> steps)
    {
        var fact = entries[id.Entry].Entry.Fact;
        var parent = LotId.From(made.Parent);
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.TransferReceived:
                steps.Add($"received by {id.Entry.Body} ({id.Entry})");
                return Sent(id, made, fact.TransferReceived.Delivery, steps);
            case Fact.KindOneofCase.TakenOver:
                steps.Add($"taken over by {id.Entry.Body} ({id.Entry})");
                return Delivered(id, parent, fact.TakenOver.Delivery).Any(one => one.Entry.Fact.KindCase == Fact.KindOneofCase.HandedOver) || NotSent(id);
            case Fact.KindOneofCase.TransferReversed or Fact.KindOneofCase.PotsMerged when parent.Entry.Body == id.Entry.Body && parent.Entry.Index < id.Entry.Index:
                steps.Add($"{(fact.KindCase == Fact.KindOneofCase.PotsMerged ? "moved to another fund" : "came back")} at {id.Entry.Body} ({id.Entry})");
                return true;
            default:
                findings.Add($"Entry {id.Entry} cannot have made lot {id} from lot {parent}.");
                return false;
        }
    }

    /// <summary>The sender's entry must have sent just this piece, in the very words that the receiver recorded.</summary>
    private bool Sent(LotId id, NewLot made, DeliveryRef delivery, List<string> steps)
    {
        var by = Delivered(id, LotId.From(made.Parent), delivery).FirstOrDefault(one => one.Entry.Fact.TransferSent is { } sent && sent.To.Body == id.Entry.Body
            && sent.Pieces.Any(piece => piece.Lot.Equals(made.Parent) && piece.AmountPence == made.AmountPence && piece.Origin.Equals(made.Origin)));
        if (by is null)
            return NotSent(id);
        steps.Add($"sent by {by.Id.Body} ({by.Id})");
        return true;
    }

    /// <summary>The entries of a delivery that are in the file with the hashes that the receiver recorded.</summary>
    private IEnumerable<TracedEntry> Delivered(LotId id, LotId parent, DeliveryRef delivery) =>
        parent.Entry.Body != delivery.Entry.Body || delivery.Entry.Body == id.Entry.Body ? []
        : entries.Values.Where(one => one.First == EntryId.From(delivery.Entry) && delivery.LeafHashes.Any(hash => hash.Span.SequenceEqual(one.LeafHash)));

    private bool NotSent(LotId id)
    {
        findings.Add($"Lot {id} was received from another body, and no entry in the file sent it.");
        return false;
    }

    /// <summary>A payment that another made must be what that other was told, and said that it did.</summary>
    private void CheckAgency()
    {
        if (Made!.Instruction is null || Made.Delivery is null)
            return;
        var (told, did) = (entries.GetValueOrDefault(EntryId.From(Made.Instruction)), entries.GetValueOrDefault(EntryId.From(Made.Delivery.Entry)));
        if (told?.Entry.Fact.PaymentInstructed is not { } instructed || told.Id.Body != payment.Body)
            findings.Add($"The payment was made by another body, and the entry that told it to pay ({EntryId.From(Made.Instruction)}) is not in the file.");
        else if (did?.Entry.Fact.InstructionExecuted is not { } executed || did.Id.Body != instructed.To.Body || !executed.Instruction.Equals(Made.Instruction)
            || !Made.Delivery.LeafHashes.Any(hash => hash.Span.SequenceEqual(did.LeafHash)))
            findings.Add($"The payment was made by {instructed.To.Body}, and no entry in the file says that it paid.");
        else if (instructed.Payment.AmountPence != Made.AmountPence || !instructed.Payment.Payee.Equals(Made.Payee))
            findings.Add($"{did.Id.Body} was told to pay another amount, or somebody else.");
        else
            PaidBy = string.Create(CultureInfo.InvariantCulture, $"{did.Id.Body} ({did.Id})");
    }
}
