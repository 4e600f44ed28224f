namespace FundingFlows.Ledger;

/// <summary>Which kinds of money a body may have that nobody awards it. Interest is beside them: it comes with the loan, to whoever lends.</summary>
internal static class Sources
{
    public static bool Has(Books books, SourceKind kind) => Of(books).Contains(kind);

    /// <summary>What a body may issue, in words.</summary>
    public static string InWords(Books books) => string.Join(" or ", Of(books).Select(InWords));

    public static string InWords(SourceKind kind) => kind switch
    {
        SourceKind.ParliamentaryVote => "money that Parliament voted",
        SourceKind.DormantAssets => "money from dormant assets",
        SourceKind.LocalLevy => "money from a local levy",
        _ => "income",
    };

    /// <summary>A forum raises a levy, its precept, only where it is a parish council in law.</summary>
    private static SourceKind[] Of(Books books) => books.Tier switch
    {
        Tier.CentralGovernment => [SourceKind.ParliamentaryVote, SourceKind.DormantAssets, SourceKind.Income],
        Tier.NeighbourhoodForum when books.LegalForm != LegalForm.ParishCouncil => [SourceKind.Income],
        _ => [SourceKind.LocalLevy, SourceKind.Income],
    };
}
