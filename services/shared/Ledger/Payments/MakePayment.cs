namespace FundingFlows.Ledger;

/// <summary>Why a payment is not made, in the order in which the rules are checked.</summary>
public enum MakePaymentRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The year, day, kind, category, place, payee or reference has a wrong form, or nothing shows that it is owed.</summary>
    [Refuses(RefusalClass.Malformed)] UseMalformed,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>This body has no such reservation or liability.</summary>
    [Refuses(RefusalClass.Missing)] NothingHeld,

    /// <summary>This body gave no instruction that is named as refused before.</summary>
    [Refuses(RefusalClass.Missing)] AppealedUnknown,

    /// <summary>The body is unincorporated: it cannot pay in law, and nobody is accountable for it.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AccountableBodyNeeded,

    /// <summary>The payee is a body of the federation: money between bodies is a transfer.</summary>
    [Refuses(RefusalClass.Rule)] PayeeIsABody,

    /// <summary>The day on which it is paid is not in the year that it counts in; of what settles a liability, it is before that year.</summary>
    [Refuses(RefusalClass.Rule)] DayOutsideYear,

    /// <summary>The project has ended.</summary>
    [Refuses(RefusalClass.Rule)] ProjectClosed,

    /// <summary>It is not what the reservation was made for, or what is owed.</summary>
    [Refuses(RefusalClass.Rule)] NotWhatItIsHeldFor,

    /// <summary>What was refused before was another payment, no appeal about it was allowed, or it was instructed again already.</summary>
    [Refuses(RefusalClass.Rule)] CannotBeRepeated,

    /// <summary>The year that it counts in is closed, and no liability of it is settled.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>The person has declared an interest in the payee.</summary>
    [Refuses(RefusalClass.NotAllowed)] PreparerHasInterest,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is kept for something else.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one payment can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// Money out of the federation, to a payee, within every ring-fence of the lots that pay it. It is paid at once, or prepared where
/// a second person is needed: then its pieces are held. Of a forum whose money is kept by an accountable body, that body is told to pay.
/// </summary>
/// <param name="Year">The financial year that it counts in.</param>
/// <param name="PaidOn">The day on which it is paid.</param>
/// <param name="Reference">What the payee calls it. May be empty.</param>
/// <param name="Evidence">What shows that it is owed. Every payment has it.</param>
/// <param name="OutOf">The reservation that it uses, or the liability that it settles. Null: it is paid from what is free.</param>
/// <param name="RepayableBy">Of a loan: the day by which it is to be repaid. Only money whose terms say for how long repayments may be used again is lent.</param>
/// <param name="AfterAppeal">The instruction of the same payment that was refused, and whose appeal was allowed. Null: there is none.</param>
public sealed record MakePayment(
    string Fund, EntryId Project, int Year, DateOnly PaidOn, Kind Kind, string Category, string Place, Payee Payee, Charge Charge, string Reference,
    DocumentDigest? Evidence, DocumentDigest? PayeeName = null, DocumentDigest? Narrative = null, EntryId? OutOf = null, DateOnly? RepayableBy = null,
    EntryId? AfterAppeal = null) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Refuse(books, around) is { } refusal)
            return Decision.Refuse(refusal);
        var amount = Charge.AmountPence;
        var drawing = Draw(books, amount);
        var (parts, notDrawn) = drawing.InParts(books, Fund, OutOf, amount, new DrawingRefusals<MakePaymentRefusal>(
            MakePaymentRefusal.NotEnoughMoney, MakePaymentRefusal.KeptForSomethingElse, MakePaymentRefusal.TooManyPieces, "for one payment: pay it"));
        if (notDrawn is not null)
            return Decision.Refuse(notDrawn);
        var second = SecondPerson.NeededFor(books, Made([]), drawing.Pieces!.Select(piece => piece.Lot));
        return Decision.Accept(
            second is null ? Instructing.Facts(books, parts, Made) : [.. parts.Select(part => new Fact { PaymentPrepared = Prepared(second, part) })]);
    }

    private Drawing Draw(Books books, long amount)
    {
        RingFence? OfLoans(Lot lot) => RepayableBy is not null && books.Funds.TermsOf(lot).RecyclingYears() is null ? new RingFence("loans", "what is not lent") : null;
        var use = Spending.UseBy(books.Tier);
        return OutOf is { } held
            ? Drawing.From(books.Holds[held], OfLoans, amount)
            : Drawing.From(books.Lots.Remaining(Fund), lot => RingFence.Of(books, lot, use) ?? OfLoans(lot), amount);
    }

    private PlannedSpending Spending => new(Fund, Project, Year, Kind, Category, Place, Payee);

    /// <summary>What the money that it is paid out of is held for. Null: there is no such reservation or liability.</summary>
    private PlannedSpending? HeldFor(Books books) =>
        OutOf is not { } id ? null : books.Reservations.Find(id)?.For ?? books.Liabilities.Find(id)?.For;

    /// <summary>The first rule that it breaks, before any money is looked for. Null: none.</summary>
    private Refusal? Refuse(Books books, Surroundings around)
    {
        if (!Charge.IsAmount)
            return Refusal.Of(
                MakePaymentRefusal.AmountMalformed,
                $"This cannot be paid: what is charged is above zero, neither it nor its tax is below zero, and all of it is at most {Pence.InPounds(Pence.Most)}.");
        if (!IsWellFormed())
            return Refusal.Of(
                MakePaymentRefusal.UseMalformed, "The payment cannot be read: check its year, day, kind, category, place, payee, reference and evidence.");
        if (books.Funds.Newest(Fund) is null)
            return Refusal.Of(MakePaymentRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        if (books.Projects.Find(Project) is not { } project)
            return Refusal.Of(MakePaymentRefusal.ProjectUnknown, $"{books.Body} has no project {Project}.", ("project", $"{Project}"));
        if (OutOf is { } held && HeldFor(books) is null)
            return Refusal.Of(MakePaymentRefusal.NothingHeld, $"{books.Body} has no reservation or liability {held}.", ("out_of", $"{held}"));
        if (AfterAppeal is { } refused && books.Instructions.Find(refused) is null)
            return Refusal.Of(MakePaymentRefusal.AppealedUnknown, $"{books.Body} gave no instruction {refused}.", ("after_appeal", $"{refused}"));
        if (Instructing.CannotPay(books))
            return Refusal.Of(MakePaymentRefusal.AccountableBodyNeeded, Instructing.WhyNot(books), ("body", books.Body));
        if (Payee.IsABody(books, around))
            return Refusal.Of(
                MakePaymentRefusal.PayeeIsABody, $"{Payee.Organisation} is a body of the federation. Money between bodies is a transfer under an award, not a payment.",
                ("payee", Payee.Organisation));
        var settles = OutOf is { } id && books.Liabilities.Find(id) is not null;
        if (settles ? Years.Of(PaidOn) < Year : Years.Of(PaidOn) != Year)
            return Refusal.Of(
                MakePaymentRefusal.DayOutsideYear, $"{Dates.InWords(PaidOn)} is in the financial year {Years.InWords(Years.Of(PaidOn))}, not in {Years.InWords(Year)}.",
                ("financial_year", $"{Years.Of(PaidOn)}"));
        if (!project.IsOpen && !settles)
            return Refusal.Of(MakePaymentRefusal.ProjectClosed, $"{project.Description.Title} is closed: nothing more can be paid for it.", ("project", $"{Project}"));
        if (HeldFor(books) is { } purpose && !purpose.Covers(Spending))
            return Refusal.Of(MakePaymentRefusal.NotWhatItIsHeldFor, $"{OutOf} is for something else, or for somebody else.", ("out_of", $"{OutOf}"));
        if (AfterAppeal is { } before && (Instructing.RepeatsWhatItMayNot(books, before) || !books.Instructions.Find(before)!.IsFor(Made([]))))
            return Refusal.Of(
                MakePaymentRefusal.CannotBeRepeated, $"{before} cannot be instructed again as this payment: an appeal about the very same payment must have been allowed, and it is used once.",
                ("after_appeal", $"{before}"));
        if (books.Years.IsClosed(Year) && !settles)
            return Refusal.Of(
                MakePaymentRefusal.YearClosed, $"{Years.InWords(Year)} is closed here: nothing more can be spent in it.", ("financial_year", $"{Year}"));
        if (books.Interests.Has(around.Actor, Payee))
            return Refusal.Of(MakePaymentRefusal.PreparerHasInterest, "You have declared an interest in this payee: somebody else must prepare what it is paid.");
        return null;
    }

    private bool IsWellFormed() =>
        Years.IsYear(Year) && Dates.IsDay(PaidOn) && Kind is Kind.Capital or Kind.Revenue && Names.IsName(Category) && Names.IsPlace(Place)
        && Names.IsPaymentReference(Reference) && Evidence is not null && (RepayableBy is not { } by || (Dates.IsDay(by) && by >= PaidOn))
        && PayeeKey.IsWellFormed(Payee) && (PayeeName is null || Payee.IdentifierCase == Payee.IdentifierOneofCase.Person);

    private PaymentPrepared Prepared(PaymentPrepared why, IReadOnlyList<Piece> pieces)
    {
        var prepared = why.Clone();
        prepared.Payment = Made(pieces);
        return prepared;
    }

    private PaymentMade Made(IReadOnlyList<Piece> pieces) => new()
    {
        Fund = Fund,
        FinancialYear = Year,
        Kind = Kind,
        Category = Category,
        Place = Place,
        Payee = Payee,
        PayeeName = PayeeName,
        Narrative = Narrative,
        AmountPence = Charge.AmountPence,
        Pieces = { pieces },
        Project = Project.ToRef(),
        PaidOn = PaidOn.ToDate(),
        NetPence = Charge.NetPence,
        VatPence = Charge.VatPence,
        VatRecoverable = Charge.VatRecoverable,
        Reference = Reference,
        Evidence = Evidence,
        OutOf = OutOf?.ToRef(),
        RepayableBy = RepayableBy?.ToDate(),
        AfterAppeal = AfterAppeal?.ToRef(),
    };
}
