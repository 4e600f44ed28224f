namespace FundingFlows.Ledger;

/// <summary>What money is to be used for: by whom, in which year, as which kind, on what and where.</summary>
public sealed record Use(int Year, Kind Kind, Tier Spender, string Category, string Place);

/// <summary>A limit that keeps a lot from a use.</summary>
/// <param name="Name"><c>kind</c>, <c>years</c>, <c>held</c>, the name of an earmark, or <c>fund</c>.</param>
/// <param name="KeptFor">What the money is kept for, in words that follow "kept for".</param>
public sealed record RingFence(string Name, string KeptFor)
{
    private static readonly RingFence Capital = new("kind", "capital (things that last)");
    private static readonly RingFence Revenue = new("kind", "revenue (running costs)");

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
            return new RingFence("years", $"spending in {line.Years}");
        if (!FundLine.Covers(line.Kind, use.Kind))
            return OfKind(line.Kind);
        foreach (var name in line.Earmarks.Names)
        {
            var meanings = Meanings(terms, name).ToList();
            // A name that no terms define permits nothing: safe, and cannot arise from terms that were accepted.
            if (meanings.Count == 0 || meanings.Exists(earmark => !Permits(earmark, use)))
                return new RingFence(name, meanings.Find(earmark => !Permits(earmark, use)) is { } limit ? InWords(limit) : name);
        }
        return null;
    }

    /// <summary>The first limit of a lot that keeps it from being promised as such a line. Null: nothing does.</summary>
    public static RingFence? Between(FundLine line, IReadOnlyList<FundTerms> terms, Promise promise)
    {
        if (!line.Years.Contain(promise.FinancialYear))
            return new RingFence("years", $"spending in {line.Years}");
        if (!FundLine.Covers(line.Kind, promise.Kind))
            return OfKind(line.Kind);
        foreach (var name in line.Earmarks.Names)
            if (!promise.Earmarks.Contains(name))
                return new RingFence(name, Meanings(terms, name).FirstOrDefault() is { } earmark ? InWords(earmark) : name);
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
        books.Years.MayCarryInto(lot, terms, year) ? null : new RingFence("years", $"{Years.InWords(year - 1)} until that year is closed for good here");

    private static IEnumerable<Earmark> Meanings(IReadOnlyList<FundTerms> terms, string name) =>
        terms.SelectMany(one => one.Earmarks).Where(earmark => earmark.Name == name);

    private static RingFence OfKind(Kind kind) => kind == Kind.Capital ? Capital : Revenue;

    private static bool Permits(Earmark earmark, Use use) =>
        (earmark.Spenders.Count == 0 || earmark.Spenders.Contains(use.Spender))
        && (earmark.Categories.Count == 0 || earmark.Categories.Contains(use.Category))
        && (earmark.Places.Count == 0 || earmark.Places.Contains(use.Place));

    private static string InWords(Earmark earmark)
    {
        var limits = new List<string>();
        if (earmark.Spenders.Count > 0)
            limits.Add(string.Join(" and ", earmark.Spenders.Select(InWords)));
        if (earmark.Categories.Count > 0)
            limits.Add(string.Join(" and ", earmark.Categories.Take(3)) + (earmark.Categories.Count > 3 ? " and such" : ""));
        if (earmark.Places.Count > 0)
            limits.Add(earmark.Places.Count == 1 ? $"place {earmark.Places[0]}" : $"{earmark.Places.Count} listed places");
        return limits.Count == 0 ? earmark.Name : $"{earmark.Name} ({string.Join(", ", limits)})";
    }

    private static string InWords(Tier tier) => tier switch
    {
        Tier.CentralGovernment => "central government",
        Tier.CombinedAuthority => "combined authorities",
        Tier.Council => "councils",
        Tier.NeighbourhoodForum => "neighbourhood forums",
        _ => tier.ToString(),
    };
}
