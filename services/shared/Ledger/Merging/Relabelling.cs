namespace FundingFlows.Ledger;

/// <summary>What a lot is when it has been relabelled: its line, and all terms that bind it, the last of which it is under.</summary>
internal sealed record Label(FundLine Line, IReadOnlyList<TermsId> Terms);

/// <summary>
/// The rule of relabelling a lot into another fund of the same body. All terms that bind the lot must permit that fund, unless
/// it was in that fund before; of kinds and years it keeps what both permit, it keeps its earmarks and comes under those that all of that fund's money of
/// its kinds has, and the earlier terms bind it still.
/// </summary>
internal static class Relabelling
{
    /// <summary>The most bytes of all terms that bind a lot: they go back with it, in one fact with a piece of it.</summary>
    private const int MostBytesOfTerms = 56_000;

    /// <summary>What a lot becomes, or why it may not.</summary>
    public static (Label? To, MergePotsRefusal Why) Of(Books books, Lot lot, string into)
    {
        if (TargetOf(books.Funds, lot, into) is not { } target)
            return (null, MergePotsRefusal.FundUnknown);
        var bound = books.Funds.TermsOf(lot);
        var (to, why) = Of(lot, bound, target);
        if (to is not null && to.Terms.Count > lot.Terms.Count && bound.Append(target).Sum(terms => terms.CalculateSize()) > MostBytesOfTerms)
            return (null, MergePotsRefusal.TooManyTerms);
        // Years that the other fund does not have are left behind: what could be spent in them is carried forward by that.
        return to is null || books.Years.MayCarryInto(lot, bound, to.Line.Years.First) ? (to, why) : (null, MergePotsRefusal.YearNotClosed);
    }

    /// <summary>What a lot that those terms bind becomes under the terms of the other fund, or why it may not.</summary>
    public static (Label? To, MergePotsRefusal Why) Of(Lot lot, IReadOnlyList<FundTerms> bound, FundTerms target)
    {
        var id = TermsId.Of(target);
        if (!lot.Terms.Contains(id) && !bound.All(terms => terms.MergeInto.Contains(target.Fund)))
            return (null, MergePotsRefusal.NotPermitted);
        var years = Years.From(target.Years);
        var shared = new Years(Math.Max(lot.Line.Years.First, years.First), Math.Min(lot.Line.Years.Last, years.Last));
        if (shared.First > shared.Last || Shared(lot.Line.Kind, target) is not { } kind)
            return (null, MergePotsRefusal.NothingInCommon);
        var earmarks = EarmarkSet.Of(lot.Line.Earmarks.Names.Union(InCommon(kind, target)));
        if (earmarks.Names.Length > OpenFund.MostEarmarksOfALine)
            return (null, MergePotsRefusal.NothingInCommon);
        IReadOnlyList<TermsId> terms = [.. lot.Terms.Where(earlier => earlier != id), id];
        return terms.Count > TermsId.MostHistory + 1
            ? (null, MergePotsRefusal.TooManyTerms)
            : (new Label(lot.Line with { Fund = target.Fund, Kind = kind, Years = shared, Earmarks = earmarks }, terms), default);
    }

    /// <summary>The terms that a lot comes under: those that it was under before, or else the newest.</summary>
    private static FundTerms? TargetOf(FundBook funds, Lot lot, string into)
    {
        foreach (var earlier in lot.Terms.Reverse())
            if (earlier.Fund == into)
                return funds.Find(earlier);
        return funds.Newest(into);
    }

    /// <summary>The earmarks that all shares of a fund have that are for a kind: none of its money may be used without.</summary>
    private static IEnumerable<string> InCommon(Kind kind, FundTerms target) => target.Split
        .Where(share => FundLine.Covers(share.Kind, kind) || FundLine.Covers(kind, share.Kind))
        .Select(share => share.Earmarks.AsEnumerable())
        .Aggregate((one, other) => one.Intersect(other));

    /// <summary>What a kind and the kinds of a fund have in common. Null: nothing.</summary>
    private static Kind? Shared(Kind kind, FundTerms target)
    {
        bool Both(Kind one) => FundLine.Covers(kind, one) && target.Split.Any(share => FundLine.Covers(share.Kind, one));
        return (Both(Kind.Capital), Both(Kind.Revenue)) switch
        {
            (true, true) => Kind.Either,
            (true, false) => Kind.Capital,
            (false, true) => Kind.Revenue,
            _ => null,
        };
    }
}
