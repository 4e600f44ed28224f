namespace FundingFlows.Ledger;

/// <summary>
/// What a body hands over whole, with the project that it is for: what it has set aside, owes and has prepared, and what it has paid and
/// could come back. In an order in which each can be understood.
/// </summary>
internal sealed class WholeThings(Books books)
{
    /// <summary>The most pieces of a payment in one fact: the successor's answer repeats them, and adds a lot for each.</summary>
    private const int MostPieces = 64;

    public IEnumerable<(InHand Thing, EntryId? Project)> All()
    {
        foreach (var project in books.Projects.All)
            yield return (new InHand { Project = Of(project) }, project.Id);
        foreach (var reservation in books.Reservations.All.Where(reservation => IsNeeded(reservation.Id)))
            yield return (new InHand { Reservation = Of(reservation) }, reservation.For.Project);
        foreach (var liability in books.Liabilities.All.Where(liability => IsNeeded(liability.Id)))
            yield return (new InHand { Liability = Of(liability) }, liability.For.Project);
        foreach (var preparation in books.Preparations.All.Where(preparation => preparation.Waits))
            yield return (new InHand { Preparation = Of(preparation) }, ProjectOf(preparation.Payment));
        foreach (var payment in books.Payments.All.SelectMany(Of))
            yield return payment;
    }

    /// <summary>All that there was at vesting, and what who keeps its money has paid for the body since.</summary>
    public IEnumerable<(InHand Thing, EntryId? Project)> Of(Vesting vesting) => vesting.Whole.Concat(PaidSince(vesting).SelectMany(Of));

    /// <summary>What of that was held for something, so that nothing is left to follow, in pence.</summary>
    public long PaidSince(Vesting vesting, EntryId outOf) => PaidSince(vesting).Where(payment => IsOutOf(payment.Made, outOf)).Sum(payment => payment.AmountPence);

    private IEnumerable<Payment> PaidSince(Vesting vesting) => books.Payments.All.Where(payment => payment.Id.Body == vesting.At.Body && payment.Id.Index > vesting.At.Index);

    /// <summary>Whether something is held for it, or would be again when a payment out of it is rejected or refused.</summary>
    private bool IsNeeded(EntryId id) => books.Holds[id].AmountPence > 0 || InstructedPence(id) > 0
        || books.Preparations.All.Any(preparation => preparation.Waits && IsOutOf(preparation.Payment, id));

    private long InstructedPence(EntryId id) => books.Instructions.Waiting().Where(instruction => IsOutOf(instruction.Payment, id)).Sum(instruction => instruction.Payment.AmountPence);

    private static bool IsOutOf(PaymentMade payment, EntryId id) => payment.OutOf is { } held && EntryId.From(held) == id;

    private IEnumerable<(InHand Thing, EntryId? Project)> Of(Payment payment) => PartsOf(payment).Select(part => (new InHand { Payment = part }, ProjectOf(payment.Made)));

    private static EntryId? ProjectOf(PaymentMade payment) => payment.Project is { } project ? EntryId.From(project) : null;

    private static ProjectInHand Of(Project project) => new()
    {
        Project = project.Id.ToRef(),
        Description = project.Description,
        PartOf = project.PartOf?.ToRef(),
        Reached = { project.Reached.Values },
        Closed = project.Closed,
    };

    private ReservationInHand Of(Reservation reservation)
    {
        var made = reservation.Made.Clone();
        made.Pieces.Clear();
        return new() { Reservation = reservation.Id.ToRef(), Made = made, ReleasedPence = reservation.ReleasedPence, HeldPence = books.Holds[reservation.Id].AmountPence, InstructedPence = InstructedPence(reservation.Id) };
    }

    private LiabilityInHand Of(Liability liability)
    {
        var incurred = liability.Incurred.Clone();
        incurred.Pieces.Clear();
        return new() { Liability = liability.Id.ToRef(), Incurred = incurred, ReducedPence = liability.ReducedPence, HeldPence = books.Holds[liability.Id].AmountPence, InstructedPence = InstructedPence(liability.Id) };
    }

    private PreparationInHand Of(Preparation preparation)
    {
        var prepared = preparation.Prepared.Clone();
        prepared.Payment.Pieces.Clear();
        return new() { Preparation = preparation.Id.ToRef(), Prepared = prepared, HeldPence = books.Holds[preparation.Id].AmountPence };
    }

    private IEnumerable<PaymentInHand> PartsOf(Payment payment)
    {
        var pieces = payment.Pieces.Where(piece => piece.RefundedPence < piece.AmountPence)
            .Select(piece => InheritedMoney.PieceOf(books, books.Lots[piece.Lot], piece.AmountPence - piece.RefundedPence));
        foreach (var (part, i) in pieces.Chunk(MostPieces).Select((part, i) => (part, i)))
        {
            var made = payment.Made.Clone();
            made.Pieces.Clear();
            made.AmountPence = part.Sum(piece => piece.AmountPence);
            yield return new() { Payment = payment.Id.ToRef(), Made = made, Pieces = { part }, InterestPence = i == 0 ? payment.InterestPence : 0 };
        }
    }
}
