namespace FundingFlows.Ledger;

/// <summary>Why a liability is not recorded, in the order in which the rules are checked.</summary>
public enum RecordLiabilityRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The year, kind, category, place, who is owed or the day has a wrong form, or nothing shows that it is owed.</summary>
    [Refuses(RefusalClass.Malformed)] UseMalformed,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>This body made no such reservation.</summary>
    [Refuses(RefusalClass.Missing)] ReservationUnknown,

    /// <summary>Who is owed is a body of the federation: money between bodies is a transfer.</summary>
    [Refuses(RefusalClass.Rule)] SupplierIsABody,

    /// <summary>The day on which it was received is not in the year that it counts in.</summary>
    [Refuses(RefusalClass.Rule)] DayOutsideYear,

    /// <summary>The project has ended.</summary>
    [Refuses(RefusalClass.Rule)] ProjectClosed,

    /// <summary>Its year is closed for good.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>It is not what the reservation was made for.</summary>
    [Refuses(RefusalClass.Rule)] NotWhatWasReserved,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is kept for something else.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one liability can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// Goods or works were received and are not paid for: it counts as spent in that year, and its pieces are held until it is settled
/// by payments that name it, also after the year has closed.
/// </summary>
/// <param name="Reservation">What it is met from. Null: from money that is free.</param>
public sealed record RecordLiability(
    PlannedSpending For, DateOnly ReceivedOn, EntryId? Reservation, DocumentDigest? Evidence, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (RefuseForm(books) is { } unreadable)
            return Decision.Refuse(unreadable);
        if (RefuseUse(books, around) is { } refusal)
            return Decision.Refuse(refusal);
        var use = For.UseBy(books.Tier);
        var drawing = Reservation is { } reserved
            ? Drawing.From(books.Holds[reserved], _ => null, AmountPence)
            : Drawing.From(books.Lots.Remaining(For.Fund), lot => RingFence.Of(books, lot, use), AmountPence);
        var (parts, notDrawn) = drawing.InParts(books, For.Fund, Reservation, AmountPence, new DrawingRefusals<RecordLiabilityRefusal>(
            RecordLiabilityRefusal.NotEnoughMoney, RecordLiabilityRefusal.KeptForSomethingElse, RecordLiabilityRefusal.TooManyPieces, "for one liability: record it"));
        return notDrawn is not null ? Decision.Refuse(notDrawn) : Decision.Accept([.. parts.Select(part => new Fact { LiabilityIncurred = Incurred(part) })]);
    }

    private Refusal? RefuseForm(Books books)
    {
        if (!Pence.IsAmount(AmountPence))
            return Refusal.Of(
                RecordLiabilityRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be owed: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!For.IsWellFormed || For.Supplier is null || !Dates.IsDay(ReceivedOn) || Evidence is null)
            return Refusal.Of(
                RecordLiabilityRefusal.UseMalformed, "The liability cannot be read: check its year, kind, category, place, who is owed, day and evidence.");
        if (books.Funds.Newest(For.Fund) is null)
            return Refusal.Of(RecordLiabilityRefusal.FundUnknown, $"{books.Body} does not know a fund {For.Fund}.", ("fund", For.Fund));
        if (books.Projects.Find(For.Project) is null)
            return Refusal.Of(RecordLiabilityRefusal.ProjectUnknown, $"{books.Body} has no project {For.Project}.", ("project", $"{For.Project}"));
        if (Reservation is { } named && books.Reservations.Find(named) is null)
            return Refusal.Of(RecordLiabilityRefusal.ReservationUnknown, $"{books.Body} made no reservation {named}.", ("reservation", $"{named}"));
        return null;
    }

    private Refusal? RefuseUse(Books books, Surroundings around)
    {
        if (For.IsForABody(books, around))
            return Refusal.Of(
                RecordLiabilityRefusal.SupplierIsABody, $"{For.Supplier!.Organisation} is a body of the federation. Money between bodies is a transfer under an award, not a bill.",
                ("supplier", For.Supplier.Organisation));
        if (Years.Of(ReceivedOn) != For.Year)
            return Refusal.Of(
                RecordLiabilityRefusal.DayOutsideYear, $"{Dates.InWords(ReceivedOn)} is in the financial year {Years.InWords(Years.Of(ReceivedOn))}, not in {Years.InWords(For.Year)}.",
                ("financial_year", $"{Years.Of(ReceivedOn)}"));
        var project = books.Projects.Find(For.Project)!;
        if (!project.IsOpen)
            return Refusal.Of(
                RecordLiabilityRefusal.ProjectClosed, $"{project.Description.Title} is closed: nothing more can be owed for it.", ("project", $"{For.Project}"));
        if (books.Years.IsClosedForGood(For.Year))
            return Refusal.Of(
                RecordLiabilityRefusal.YearClosed, $"{Years.InWords(For.Year)} is closed for good here: nothing more counts in it.", ("financial_year", $"{For.Year}"));
        if (Reservation is { } reserved && !books.Reservations.Find(reserved)!.For.Covers(For))
            return Refusal.Of(RecordLiabilityRefusal.NotWhatWasReserved, $"{reserved} was made for something else, or for somebody else.", ("reservation", $"{reserved}"));
        return null;
    }

    private LiabilityIncurred Incurred(IReadOnlyList<Piece> pieces) => new()
    {
        Use = For.ToUse(),
        ReceivedOn = ReceivedOn.ToDate(),
        Reservation = Reservation?.ToRef(),
        Evidence = Evidence,
        AmountPence = AmountPence,
        Pieces = { pieces },
    };
}
