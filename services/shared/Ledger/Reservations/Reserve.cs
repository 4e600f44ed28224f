namespace FundingFlows.Ledger;

/// <summary>Why money is not set aside, in the order in which the rules are checked.</summary>
public enum ReserveRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The year, kind, category, place, supplier or day has a wrong form, or nothing says what it is for.</summary>
    [Refuses(RefusalClass.Malformed)] UseMalformed,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>The supplier is a body of the federation: money between bodies is a transfer.</summary>
    [Refuses(RefusalClass.Rule)] SupplierIsABody,

    /// <summary>It would expire on a day that is not in its year.</summary>
    [Refuses(RefusalClass.Rule)] ExpiryOutsideYear,

    /// <summary>The project has ended.</summary>
    [Refuses(RefusalClass.Rule)] ProjectClosed,

    /// <summary>Its year is closed.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is kept for something else.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one reservation can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// Sets money aside: its pieces are drawn now, within every ring-fence, and nothing else can draw them. With a supplier it is a
/// purchase commitment.
/// </summary>
/// <param name="ExpiresOn">The day on which it may be ended by an entry. Nothing happens on that day by itself.</param>
public sealed record Reserve(PlannedSpending For, DateOnly ExpiresOn, DocumentDigest? Purpose, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Refuse(books, around) is { } refusal)
            return Decision.Refuse(refusal);
        var use = For.UseBy(books.Tier);
        var drawing = Drawing.From(books.Lots.Remaining(For.Fund), lot => RingFence.Of(books, lot, use), AmountPence);
        var (parts, notDrawn) = drawing.InParts(books, For.Fund, null, AmountPence, new DrawingRefusals<ReserveRefusal>(
            ReserveRefusal.NotEnoughMoney, ReserveRefusal.KeptForSomethingElse, ReserveRefusal.TooManyPieces, "for one reservation: set it aside"));
        return notDrawn is not null ? Decision.Refuse(notDrawn) : Decision.Accept([.. parts.Select(part => new Fact
        {
            Reserved = new Reserved { Use = For.ToUse(), ExpiresOn = ExpiresOn.ToDate(), Purpose = Purpose, AmountPence = AmountPence, Pieces = { part } },
        })]);
    }

    private Refusal? Refuse(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Refusal.Of(
                ReserveRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be set aside: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!For.IsWellFormed || !Dates.IsDay(ExpiresOn) || Purpose is null)
            return Refusal.Of(
                ReserveRefusal.UseMalformed, "The reservation cannot be read: check its year, kind, category, place, supplier, day and purpose.");
        if (books.Funds.Newest(For.Fund) is null)
            return Refusal.Of(ReserveRefusal.FundUnknown, $"{books.Body} does not know a fund {For.Fund}.", ("fund", For.Fund));
        if (books.Projects.Find(For.Project) is not { } project)
            return Refusal.Of(ReserveRefusal.ProjectUnknown, $"{books.Body} has no project {For.Project}.", ("project", $"{For.Project}"));
        if (For.IsForABody(books, around))
            return Refusal.Of(
                ReserveRefusal.SupplierIsABody, $"{For.Supplier!.Organisation} is a body of the federation. Money between bodies is promised by an award, not by an order.",
                ("supplier", For.Supplier.Organisation));
        if (Years.Of(ExpiresOn) != For.Year)
            return Refusal.Of(
                ReserveRefusal.ExpiryOutsideYear, $"What is set aside in {Years.InWords(For.Year)} expires in that year; {Dates.InWords(ExpiresOn)} is not in it.",
                ("financial_year", $"{Years.Of(ExpiresOn)}"));
        if (!project.IsOpen)
            return Refusal.Of(
                ReserveRefusal.ProjectClosed, $"{project.Description.Title} is closed: nothing more can be set aside for it.", ("project", $"{For.Project}"));
        if (books.Years.IsClosed(For.Year))
            return Refusal.Of(
                ReserveRefusal.YearClosed, $"{Years.InWords(For.Year)} is closed here: nothing more can be set aside in it.", ("financial_year", $"{For.Year}"));
        return null;
    }
}
