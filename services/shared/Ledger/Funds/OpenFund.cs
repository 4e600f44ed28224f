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

    public Decision Decide(Books books, Surroundings around)
    {
        if (!IsWellFormed())
            return Decision.Refuse(OpenFundRefusal.TermsMalformed, $"The terms of {Name} cannot be read: {Fault}.");
        var fund = $"{books.Body}.{Name}";
        if (books.Funds.Newest(fund) is not null)
            return Decision.Refuse(OpenFundRefusal.FundExists, $"There is a fund {fund} already.", ("fund", fund));
        var sum = Split.Sum(share => (long)share.BasisPoints);
        if (sum != WholeInBasisPoints)
            return Decision.Refuse(
                OpenFundRefusal.SharesNotWhole, $"The shares add up to {sum} hundredths of a per cent; they must add up to {WholeInBasisPoints}.",
                ("basis_points", $"{sum}"));

        var terms = Terms(fund);
        if (terms.Split.DistinctBy(share => (share.Kind, EarmarkSet.Of(share.Earmarks))).Count() < Split.Count)
            return Decision.Refuse(OpenFundRefusal.ShareRepeated, "Two shares are for the same kind and earmarks: make them one.");
        var defined = Earmarks.Select(earmark => earmark.Name).ToList();
        if (Split.SelectMany(share => share.Earmarks).Except(defined).FirstOrDefault() is { } undefined)
            return Decision.Refuse(
                OpenFundRefusal.EarmarkNotDefined, $"A share is kept for {undefined}, but the terms do not say what that means.", ("earmark", undefined));
        if (defined.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            return Decision.Refuse(OpenFundRefusal.EarmarkRepeated, $"The terms say twice what {repeated.Key} means.", ("earmark", repeated.Key));
        if (terms.CalculateSize() > MostBytes)
            return Decision.Refuse(
                OpenFundRefusal.TermsTooLong, $"The terms take {terms.CalculateSize()} bytes; at most {MostBytes} can travel with an award.",
                ("bytes", $"{terms.CalculateSize()}"));
        return Decision.Accept(new Fact { FundOpened = new FundOpened { Terms = terms } });
    }

    private string Fault => Rules.Reporting is { IsWellFormed: false }
        ? $"say how often reports are due, every 1, 3, 6 or 12 months, and within how many days after that, 0 to {ReportingRule.MostDays}"
        : "check its names, years, shares and earmarks";

    private FundTerms Terms(string fund)
    {
        var terms = Divided(fund);
        Rules.WriteTo(terms);
        return terms;
    }

    private FundTerms Divided(string fund) => new()
    {
        Fund = fund,
        Version = 1,
        Title = Title,
        Purpose = Purpose,
        Years = Years.ToWindow(),
        Split =
        {
            Split.Select(share => new SplitShare
            {
                Kind = share.Kind,
                BasisPoints = share.BasisPoints,
                Earmarks = { EarmarkSet.Of(share.Earmarks).Names },
            }),
        },
        Earmarks = { Earmarks },
    };

    /// <summary>Whether terms, as they travel with an award, can be read.</summary>
    public static bool AreWellFormed(FundTerms terms) =>
        Names.IsFund(terms.Fund) && terms.Version >= 1 && terms.Years is not null && terms.CalculateSize() <= MostBytes
        && AreWellFormed(terms.Title, Years.From(terms.Years), terms.Split, terms.Earmarks) && FundRules.Of(terms).AreWellFormed;

    private bool IsWellFormed() => Names.IsName(Name) && AreWellFormed(Title, Years, Split, Earmarks) && Rules.AreWellFormed;

    private static bool AreWellFormed(string title, Years years, IReadOnlyList<SplitShare> split, IReadOnlyList<Earmark> earmarks) =>
        Names.IsLabel(title) && years.IsValid
        && split.Count is >= 1 and <= MostShares && earmarks.Count <= MostEarmarks
        && split.All(share => share.Kind is Kind.Capital or Kind.Revenue or Kind.Either
            && share.BasisPoints is >= 1 and <= WholeInBasisPoints && share.Earmarks.Count <= MostEarmarksOfALine)
        && earmarks.All(earmark => Names.IsName(earmark.Name)
            && earmark.Spenders.All(tier => tier != Tier.Unspecified && Enum.IsDefined(tier))
            && earmark.Categories.All(Names.IsName) && earmark.Places.All(Names.IsPlace));
}
