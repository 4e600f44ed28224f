namespace FundingFlows.Ledger;

/// <summary>A command's reasons for refusing terms that can be read, in the order in which the rules are checked.</summary>
internal sealed record TermsReasons<TReason>(TReason SharesNotWhole, TReason ShareRepeated, TReason EarmarkNotDefined, TReason EarmarkRepeated, TReason TermsTooLong)
    where TReason : struct, Enum
{
    /// <summary>The first rule that terms break. Null: none.</summary>
    public Decision? Refuse(FundTerms terms)
    {
        var sum = terms.Split.Sum(share => (long)share.BasisPoints);
        if (sum != OpenFund.WholeInBasisPoints)
            return Decision.Refuse(
                SharesNotWhole, FormattableString.Invariant($"The shares add up to {sum / 100m:0.##} %; they must add up to 100 %."),
                ("basis_points", $"{sum}"));
        if (terms.Split.GroupBy(share => (share.Kind, Earmarks: EarmarkSet.Of(share.Earmarks))).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            return Decision.Refuse(
                ShareRepeated, $"Two shares are for {PromiseRules.Words(twice.Kind, twice.Earmarks.Names)}: make them one.",
                ("kind", $"{twice.Kind}"), ("earmarks", $"{twice.Earmarks}"));
        var defined = terms.Earmarks.Select(earmark => earmark.Name).ToList();
        if (terms.Split.SelectMany(share => share.Earmarks).Except(defined).FirstOrDefault() is { } undefined)
            return Decision.Refuse(EarmarkNotDefined, $"A share is kept for {undefined}, but the terms do not say what that means.", ("earmark", undefined));
        if (defined.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            return Decision.Refuse(EarmarkRepeated, $"The terms say twice what {repeated.Key} means.", ("earmark", repeated.Key));
        return terms.CalculateSize() <= OpenFund.MostBytes ? null : Decision.Refuse(
            TermsTooLong, $"The terms take {terms.CalculateSize()} bytes; at most {OpenFund.MostBytes} can travel with an award.",
            ("bytes", $"{terms.CalculateSize()}"));
    }
}
