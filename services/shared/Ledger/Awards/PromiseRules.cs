namespace FundingFlows.Ledger;

/// <summary>What is said against promises, for people and for machines.</summary>
internal sealed record Objection(string Sentence, params (string Name, string Value)[] Details);

/// <summary>What holds for the promises of every award, when it is offered and when it is amended. Null: nothing is said against them.</summary>
internal static class PromiseRules
{
    /// <summary>How many financial years one award spans at most.</summary>
    public const int MostYears = 10;

    public static bool SpanTooManyYears(IReadOnlyList<Promise> promises) => Span(promises) > MostYears;

    public static Objection? TooManyYears(IReadOnlyList<Promise> promises) => SpanTooManyYears(promises)
        ? new($"From the first year that is promised to the last it is {Span(promises)} years; one award promises for at most {MostYears}: make another for the years behind.", ("years", $"{Span(promises)}"))
        : null;

    /// <param name="terms">First those of the fund, then all others that bind its money.</param>
    public static Objection? YearOutsideTerms(IReadOnlyList<FundTerms> terms, IEnumerable<Promise> promises) =>
        promises.FirstOrDefault(promise => !FundingAward.WindowOf(terms).Contain(promise.FinancialYear)) is { FinancialYear: var year }
            ? new($"{terms[0].Title} is for {FundingAward.WindowOf(terms)}, so nothing can be promised for {Years.InWords(year)}.", ("financial_year", $"{year}"))
            : null;

    public static Objection? EarmarkNotDefined(IReadOnlyList<FundTerms> terms, IEnumerable<Promise> promises) =>
        promises.SelectMany(promise => promise.Earmarks).Except(terms.SelectMany(one => one.Earmarks).Select(earmark => earmark.Name)).FirstOrDefault() is { } undefined
            ? new($"The terms of {terms[0].Title} do not say what {undefined} means.", ("earmark", undefined))
            : null;

    public static Objection? LineNotInTerms(Books books, FundTerms terms, IEnumerable<Promise> promises) =>
        promises.FirstOrDefault(promise => !(Years.From(terms.Years).Contain(promise.FinancialYear) && terms.Split.Any(share => Permits(share, promise))) && !books.Lots.Remaining(terms.Fund).Any(lot => Permits(lot.Line, promise))) is { } never
            ? new($"No money of {terms.Title} can be used as {Words(never.Kind, never.Earmarks)}: its terms divide it otherwise.", ("kind", $"{never.Kind}"), ("earmarks", string.Join('+', never.Earmarks)))
            : null;

    /// <param name="morePence">What would be promised beside all that is.</param>
    public static Objection? TotalTooLarge(Books books, string fund, long morePence) => books.Awards.PromisedPence(books.Body, fund) + morePence > Pence.Most
        ? new($"With it more than {Pence.InPounds(Pence.Most)} would be promised; accounts hold no more.")
        : null;

    private static int Span(IReadOnlyList<Promise> promises) => promises.Max(promise => promise.FinancialYear) - promises.Min(promise => promise.FinancialYear) + 1;

    private static bool Permits(SplitShare share, Promise promise) =>
        FundLine.Covers(share.Kind, promise.Kind) && share.Earmarks.All(promise.Earmarks.Contains);

    /// <summary>Money that was merged into the fund, or issued under an earlier version of its terms, is on lines of its own.</summary>
    private static bool Permits(FundLine line, Promise promise) =>
        line.Years.Contain(promise.FinancialYear) && FundLine.Covers(line.Kind, promise.Kind) && line.Earmarks.Names.All(promise.Earmarks.Contains);

    public static string Words(Kind kind, IReadOnlyCollection<string> earmarks) =>
        (kind == Kind.Either ? "capital or revenue" : kind.ToString().ToLowerInvariant())
        + (earmarks.Count == 0 ? " that is kept for nothing in particular" : $" kept for {string.Join(" and ", earmarks)}");
}
