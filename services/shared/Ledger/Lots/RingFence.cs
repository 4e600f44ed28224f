namespace FundingFlows.Ledger;

/// <summary>What money is to be used for: by whom, in which year, as which kind, on what and where.</summary>
public sealed record Use(int Year, Kind Kind, Tier Spender, string Category, string Place);

/// <summary>A limit that keeps a lot from a use.</summary>
/// <param name="Name"><c>kind</c>, <c>years</c>, <c>held</c>, the name of an earmark, or <c>fund</c>.</param>
/// <param name="InWords">Makes the words. Most drawings go past a lot and never tell why.</param>
public sealed record RingFence(string Name, Func<string> InWords)
{
    private static readonly RingFence Capital = new("kind", "capital (things that last)");
    private static readonly RingFence Revenue = new("kind", "revenue (running costs)");

    public RingFence(string name, string keptFor)
        : this(name, () => keptFor)
    {
    }

    /// <summary>What the money is kept for, in words that follow "kept for".</summary>
    public string KeptFor => InWords();

    public bool Equals(RingFence? other) => other is not null && Name == other.Name && (ReferenceEquals(this, other) || KeptFor == other.KeptFor);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The first limit that keeps a lot here from the use. Null: it may be used so now.</summary>
    public static RingFence? Of(Books books, Lot lot, Use use)
    {
        var terms = books.Funds.TermsOf(lot);
        return Between(lot.Line, terms, use) ?? NotCarried(books, lot, terms, use.Year);
    }

    /// <summary>The first limit that keeps a lot here from being sent as promised. Null: it may be sent now.</summary>
    public static RingFence? Of(Books books, Lot lot, Promise promise)
    {
        var terms = books.Funds.TermsOf(lot);
        return Between(lot.Line, terms, promise) ?? NotCarried(books, lot, terms, promise.FinancialYear);
    }

    /// <summary>The first limit of a line that forbids the use: years, then kind, then earmarks by name. Null: it is permitted.</summary>
    /// <param name="terms">All terms that bind the money: each that says what an earmark means must permit the use.</param>
    public static RingFence? Between(FundLine line, IReadOnlyList<FundTerms> terms, Use use)
    {
        if (!line.Years.Contain(use.Year))
            return OfYears(line.Years);
        if (!FundLine.Covers(line.Kind, use.Kind))
            return OfKind(line.Kind);
        foreach (var name in line.Earmarks.Names)
        {
            // A name that no terms define permits nothing: safe, and cannot arise from terms that were accepted.
            if ((Meaning(terms, name, use) ?? Meaning(terms, name)) is var limit && (limit is null || !Permits(limit, use)))
                return OfEarmark(name, limit);
        }
        return null;
    }

    /// <summary>The first limit of a lot that keeps it from being promised as such a line. Null: nothing does.</summary>
    public static RingFence? Between(FundLine line, IReadOnlyList<FundTerms> terms, Promise promise)
    {
        if (!line.Years.Contain(promise.FinancialYear))
            return OfYears(line.Years);
        if (!FundLine.Covers(line.Kind, promise.Kind))
            return OfKind(line.Kind);
        foreach (var name in line.Earmarks.Names)
            if (!promise.Earmarks.Contains(name))
                return OfEarmark(name, Meaning(terms, name));
        foreach (var name in promise.Earmarks)
            // Nobody could ever spend it: see the use above.
            if (Meaning(terms, name) is null)
                return new RingFence("terms", () => $"what its own terms say, and they do not say what {name} means");
        return null;
    }

    /// <summary>What keeps back money that is held for something.</summary>
    public static RingFence Of(HoldKind hold) => new("held", hold switch
    {
        HoldKind.Reservation => "what was ordered or reserved",
        HoldKind.Preparation => "a payment that waits for a second person",
        HoldKind.Instruction => "a payment that waits for the accountable body",
        HoldKind.Liability => "what was received and is not paid for yet",
        HoldKind.Claim => "a claim of its funder",
        _ => "its way back to where it came from",
    });

    private static RingFence? NotCarried(Books books, Lot lot, IReadOnlyList<FundTerms> terms, int year) =>
        books.Years.MayCarryInto(lot, terms, year) ? null : OfYear(year - 1);

    /// <summary>What terms say that an earmark means: the first of it, or the first that forbids a use. Null: nothing.</summary>
    private static Earmark? Meaning(IReadOnlyList<FundTerms> terms, string name, Use? forbidden = null)
    {
        foreach (var one in terms)
            foreach (var earmark in one.Earmarks)
                if (earmark.Name == name && (forbidden is null || !Permits(earmark, forbidden)))
                    return earmark;
        return null;
    }

    private static RingFence OfYears(Years years) => new("years", () => $"spending in {years}");

    private static RingFence OfYear(int year) => new("years", () => $"{Years.InWords(year)} until that year is closed for good here");

    private static RingFence OfEarmark(string name, Earmark? meaning) => new(name, () => meaning is null ? name : Words(meaning));

    private static RingFence OfKind(Kind kind) => kind == Kind.Capital ? Capital : Revenue;

    private static bool Permits(Earmark earmark, Use use) =>
        (earmark.Spenders.Count == 0 || earmark.Spenders.Contains(use.Spender))
        && (earmark.Categories.Count == 0 || earmark.Categories.Contains(use.Category))
        && (earmark.Places.Count == 0 || earmark.Places.Contains(use.Place));

    private static string Words(Earmark earmark)
    {
        var limits = new List<string>();
        if (earmark.Spenders.Count > 0)
            limits.Add(string.Join(" and ", earmark.Spenders.Select(Words)));
        if (earmark.Categories.Count > 0)
            limits.Add(string.Join(" and ", earmark.Categories.Take(3)) + (earmark.Categories.Count > 3 ? " and such" : ""));
        if (earmark.Places.Count > 0)
            limits.Add(earmark.Places.Count == 1 ? $"place {earmark.Places[0]}" : $"{earmark.Places.Count} listed places");
        return limits.Count == 0 ? earmark.Name : $"{earmark.Name} ({string.Join(", ", limits)})";
    }

    private static string Words(Tier tier) => tier switch
    {
        Tier.CentralGovernment => "central government",
        Tier.CombinedAuthority => "combined authorities",
        Tier.Council => "councils",
        Tier.NeighbourhoodForum => "neighbourhood forums",
        _ => tier.ToString(),
    };
}
