namespace FundingFlows.Ledger;

/// <summary>What terms of a fund are to say: all but whose they are and which version. The rules are the same for the first version and for any later one.</summary>
internal sealed record DraftTerms(string Title, Years Years, IReadOnlyList<SplitShare> Split, IReadOnlyList<Earmark> Earmarks, FundRules Rules)
{
    public static DraftTerms Of(FundTerms terms) => new(terms.Title, Years.From(terms.Years), terms.Split, terms.Earmarks, FundRules.Of(terms));

    public bool IsWellFormed =>
        Names.IsLabel(Title) && Years.IsValid
        && Split.Count is >= 1 and <= OpenFund.MostShares && Earmarks.Count <= OpenFund.MostEarmarks
        && Split.All(share => share.Kind is Kind.Capital or Kind.Revenue or Kind.Either
            && share.BasisPoints is >= 1 and <= OpenFund.WholeInBasisPoints && share.Earmarks.Count <= OpenFund.MostEarmarksOfALine)
        && Earmarks.All(earmark => Names.IsName(earmark.Name)
            && earmark.Spenders.All(tier => tier != Tier.Unspecified && Enum.IsDefined(tier))
            && earmark.Categories.All(Names.IsName) && earmark.Places.All(Names.IsPlace))
        && Rules.AreWellFormed;

    /// <summary>What is wrong where they cannot be read, to follow that they cannot.</summary>
    public string Fault => Rules.Reporting is { IsWellFormed: false }
        ? $"say how often reports are due, every 1, 3, 6 or 12 months, and within how many days after that, 0 to {ReportingRule.MostDays}"
        : "check its names, years, shares and earmarks";

    public FundTerms As(string fund, uint version, DocumentDigest? purpose)
    {
        var terms = new FundTerms
        {
            Fund = fund,
            Version = version,
            Title = Title,
            Purpose = purpose,
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
        Rules.WriteTo(terms);
        return terms;
    }
}
