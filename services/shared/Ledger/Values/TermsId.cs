namespace FundingFlows.Ledger;

/// <summary>One version of the terms of a fund.</summary>
public readonly record struct TermsId(string Fund, uint Version)
{
    /// <summary>The most earlier terms that a lot may have stood under.</summary>
    public const int MostHistory = 4;

    public static TermsId From(TermsRef reference) => new(reference.Fund, reference.Version);

    public static TermsId Of(FundTerms terms) => new(terms.Fund, terms.Version);

    public TermsRef ToRef() => new() { Fund = Fund, Version = Version };

    public override string ToString() => $"{Fund} (version {Version})";
}
