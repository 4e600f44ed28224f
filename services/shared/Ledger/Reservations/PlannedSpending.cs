namespace FundingFlows.Ledger;

/// <summary>What money will be paid for, when it is set aside or owed.</summary>
/// <param name="Supplier">Who will be paid. Null: nobody is known yet.</param>
public sealed record PlannedSpending(string Fund, EntryId Project, int Year, Kind Kind, string Category, string Place, Payee? Supplier)
{
    public static PlannedSpending From(PlannedUse use) => new(
        use.Fund, EntryId.From(use.Project), use.FinancialYear, use.Kind, use.Category, use.Place, use.Supplier);

    public bool IsWellFormed =>
        Years.IsYear(Year) && Kind is Kind.Capital or Kind.Revenue && Names.IsName(Category) && Names.IsPlace(Place)
        && (Supplier is null || PayeeKey.IsWellFormed(Supplier));

    /// <summary>Whether what was set aside for this may be used for that: the same, and paid to whom it was ordered from, where it was.</summary>
    public bool Covers(PlannedSpending other) =>
        other with { Supplier = null } == this with { Supplier = null }
        && (Supplier is null || (other.Supplier is { } payee && PayeeKey.Of(payee) == PayeeKey.Of(Supplier)));

    /// <summary>The use of money that it is, by a body of that tier.</summary>
    public Use UseBy(Tier spender) => new(Year, Kind, spender, Category, Place);

    /// <summary>Whether it would be paid to a body of the federation. Money between bodies is a transfer.</summary>
    public bool IsForABody(Books books, Surroundings around) => Supplier?.IsABody(books, around) == true;

    public PlannedUse ToUse() => new()
    {
        Fund = Fund,
        Project = Project.ToRef(),
        FinancialYear = Year,
        Kind = Kind,
        Category = Category,
        Place = Place,
        Supplier = Supplier,
    };
}
