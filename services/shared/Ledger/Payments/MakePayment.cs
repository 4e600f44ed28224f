namespace FundingFlows.Ledger;

/// <summary>Why a payment is not made, in the order in which the rules are checked.</summary>
public enum MakePaymentRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The year, kind, category, place or payee has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] UseMalformed,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>The payee is a body of the federation: money between bodies is a transfer.</summary>
    [Refuses(RefusalClass.Rule)] PayeeIsABody,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is kept for something else.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one payment can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>Money out of the federation, to a payee, within every ring-fence of the lots that pay it.</summary>
public sealed record MakePayment(
    string Fund, int Year, Kind Kind, string Category, string Place, Payee Payee,
    DocumentDigest? PayeeName, DocumentDigest? Narrative, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                MakePaymentRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be paid: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!IsWellFormed())
            return Decision.Refuse(MakePaymentRefusal.UseMalformed, "The payment cannot be read: check its year, kind, category, place and payee.");
        if (books.Funds.Newest(Fund) is null)
            return Decision.Refuse(MakePaymentRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        if (Payee.IdentifierCase == Payee.IdentifierOneofCase.Organisation && around.IsBodysOrganisation(Payee.Organisation))
            return Decision.Refuse(
                MakePaymentRefusal.PayeeIsABody, $"{Payee.Organisation} is a body of the federation. Money between bodies is a transfer under an award, not a payment.",
                ("payee", Payee.Organisation));

        var use = new Use(Year, Kind, books.Tier, Category, Place);
        var drawing = Drawing.From(books.Lots.Remaining(Fund), lot => RingFence.Between(lot.Line, books.Funds.TermsOf(lot), use), AmountPence);
        if (drawing.Pieces is null)
        {
            var shortage = Shortage.Of(drawing, books, Fund, AmountPence);
            return Decision.Refuse(
                shortage.IsKeptBack ? MakePaymentRefusal.KeptForSomethingElse : MakePaymentRefusal.NotEnoughMoney, shortage.Sentence, shortage.Details);
        }
        var parts = Parts.Cut(drawing.AsPieces());
        if (parts.Count > Parts.MostParts)
            return Decision.Refuse(
                MakePaymentRefusal.TooManyPieces, "The money lies in too many small pieces for one payment: pay it in smaller amounts.",
                ("pieces", $"{drawing.Pieces.Count}"));
        return Decision.Accept([.. parts.Select(part => new Fact { PaymentMade = Made(part) })]);
    }

    private bool IsWellFormed() =>
        Years.IsYear(Year) && Kind is Kind.Capital or Kind.Revenue && Names.IsName(Category) && Names.IsPlace(Place)
        && Payee.IdentifierCase switch
        {
            Payee.IdentifierOneofCase.Organisation => Names.IsOrganisation(Payee.Organisation) && PayeeName is null,
            Payee.IdentifierOneofCase.Person => Names.IsPersonHandle(Payee.Person),
            _ => false,
        };

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
        AmountPence = AmountPence,
        Pieces = { pieces },
    };
}
