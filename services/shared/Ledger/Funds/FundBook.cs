namespace FundingFlows.Ledger;

/// <summary>The funds that a body knows: those that it opened and those that it was offered awards of, with every version of their terms.</summary>
public sealed class FundBook
{
    private readonly SortedDictionary<string, SortedDictionary<uint, FundTerms>> funds = new(StringComparer.Ordinal);
    private readonly Dictionary<TermsId, EntryId> made = [];

    /// <summary>The newest version that is known of each fund, in the order of their ids.</summary>
    public IEnumerable<FundTerms> All => funds.Values.Select(versions => versions.Values.Last());

    /// <summary>Every version that is known of every fund.</summary>
    public IEnumerable<FundTerms> EveryVersion => funds.Values.SelectMany(versions => versions.Values);

    /// <summary>The newest version that is known. Null: the fund is not known here.</summary>
    public FundTerms? Newest(string fund) => funds.GetValueOrDefault(fund)?.Values.Last();

    public FundTerms? Version(string fund, uint version) => funds.GetValueOrDefault(fund)?.GetValueOrDefault(version);

    /// <summary>Every version that is known of a fund, oldest first. Empty: the fund is not known here.</summary>
    public IEnumerable<FundTerms> Versions(string fund) => funds.TryGetValue(fund, out var versions) ? versions.Values : [];

    /// <summary>The newest version of a fund of this body that stood before an entry. Null: none did.</summary>
    public FundTerms? NewestBefore(string fund, EntryId entry) =>
        Versions(fund).LastOrDefault(terms => made.TryGetValue(TermsId.Of(terms), out var at) && at.Index < entry.Index);

    public FundTerms? Find(TermsId id) => Version(id.Fund, id.Version);

    /// <summary>All terms that bind a lot, oldest first. A body holds a lot only under an award, which brought its terms.</summary>
    public IReadOnlyList<FundTerms> TermsOf(Lot lot)
    {
        var terms = new FundTerms[lot.Terms.Count];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = Find(lot.Terms[i]) ?? throw new InvalidOperationException($"The terms of {lot.Terms[i]}, which bind lot {lot.Id}, are not known here.");
        return terms;
    }

    /// <param name="at">The entry by which this body made them. Null: another did.</param>
    internal void Add(FundTerms terms, EntryId? at = null)
    {
        if (at is { } entry)
            made.TryAdd(TermsId.Of(terms), entry);
        if (!funds.TryGetValue(terms.Fund, out var versions))
            funds.Add(terms.Fund, versions = []);
        if (!versions.TryAdd(terms.Version, terms) && !versions[terms.Version].Equals(terms))
            throw new InvalidOperationException($"Terms {terms.Version} of {terms.Fund} are known here otherwise: terms never change.");
    }
}
