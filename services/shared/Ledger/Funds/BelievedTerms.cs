namespace FundingFlows.Ledger;

/// <summary>
/// Which terms of a fund a body believes when it is told some. Terms never change: it believes those of its own funds and those
/// that it has accepted; where it knows none, those that the body that opened the fund has offered it.
/// </summary>
internal static class BelievedTerms
{
    /// <summary>Whether terms are other than those that are believed. A body knows all of its own funds.</summary>
    public static bool Contradict(Books books, FundTerms terms) =>
        (books.Funds.Version(terms.Fund, terms.Version) ?? OfferedByOpener(books, terms)) is { } believed
            ? !believed.Equals(terms)
            : Opener(terms) == books.Body;

    private static FundTerms? OfferedByOpener(Books books, FundTerms terms) => books.Awards.All
        .Where(award => award.Funder == Opener(terms))
        .SelectMany(award => award.AllTerms)
        .FirstOrDefault(offered => TermsId.Of(offered) == TermsId.Of(terms));

    private static string Opener(FundTerms terms) => terms.Fund.Split('.')[0];
}
