namespace FundingFlows.Ledger;

/// <summary>Why a fund is not opened, in the order in which the rules are checked.</summary>
public enum OpenFundRefusal
{
    /// <summary>The terms cannot be read: a name, a year, a share or an earmark has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] TermsMalformed = 1,

    /// <summary>This body has a fund of that name.</summary>
    [Refuses(RefusalClass.Rule)] FundExists,

    /// <summary>The shares of the split at issue do not add up to the whole.</summary>
    [Refuses(RefusalClass.Rule)] SharesNotWhole,

    /// <summary>Two shares are for the same kind and earmarks.</summary>
    [Refuses(RefusalClass.Rule)] ShareRepeated,

    /// <summary>A share names an earmark that the terms do not define.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkNotDefined,

    /// <summary>The terms define an earmark twice.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkRepeated,

    /// <summary>The terms are too long to travel with every award.</summary>
    [Refuses(RefusalClass.Rule)] TermsTooLong,
}

/// <summary>Opens a fund at this body with the first version of its terms.</summary>
/// <param name="Name">The fund's name at this body; its id is <c>body.name</c>.</param>
public sealed record OpenFund(
    string Name, string Title, DocumentDigest Purpose, Years Years,
    IReadOnlyList<SplitShare> Split, IReadOnlyList<Earmark> Earmarks, FundRules Rules) : ICommand
{
    public const int WholeInBasisPoints = 10_000;
    public const int MostShares = 16;
    public const int MostEarmarks = 8;
    public const int MostEarmarksOfALine = 4;

    /// <summary>So that an award with its promises fits in one entry.</summary>
    public const int MostBytes = 32_000;

    private static readonly TermsReasons<OpenFundRefusal> Reasons = new(
        OpenFundRefusal.SharesNotWhole, OpenFundRefusal.ShareRepeated, OpenFundRefusal.EarmarkNotDefined, OpenFundRefusal.EarmarkRepeated, OpenFundRefusal.TermsTooLong);

    public Decision Decide(Books books, Surroundings around)
    {
        var draft = new DraftTerms(Title, Years, Split, Earmarks, Rules);
        if (!Names.IsName(Name) || !draft.IsWellFormed)
            return Decision.Refuse(OpenFundRefusal.TermsMalformed, $"The terms of {Name} cannot be read: {draft.Fault}.");
        var fund = $"{books.Body}.{Name}";
        if (books.Funds.Newest(fund) is not null)
            return Decision.Refuse(OpenFundRefusal.FundExists, $"There is a fund {fund} already.", ("fund", fund));
        var terms = draft.As(fund, 1, Purpose);
        return Reasons.Refuse(terms) ?? Decision.Accept(new Fact { FundOpened = new FundOpened { Terms = terms } });
    }

    /// <summary>Whether terms, as they travel with an award, can be read.</summary>
    public static bool AreWellFormed(FundTerms terms) =>
        Names.IsFund(terms.Fund) && terms.Version >= 1 && terms.Years is not null && terms.CalculateSize() <= MostBytes && DraftTerms.Of(terms).IsWellFormed;
}
