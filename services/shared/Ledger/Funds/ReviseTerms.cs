namespace FundingFlows.Ledger;

/// <summary>Why a fund gets no new terms, in the order in which the rules are checked.</summary>
public enum ReviseTermsRefusal
{
    /// <summary>The terms cannot be read: a name, a year, a share or an earmark has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] TermsMalformed = 1,

    /// <summary>This body opened no such fund: only who opened a fund, and none that succeeds it, gives it terms.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>The shares of the split at issue do not add up to the whole.</summary>
    [Refuses(RefusalClass.Rule)] SharesNotWhole,

    /// <summary>Two shares are for the same kind and earmarks.</summary>
    [Refuses(RefusalClass.Rule)] ShareRepeated,

    /// <summary>A share names an earmark that the terms do not define.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkNotDefined,

    /// <summary>The terms define an earmark twice.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkRepeated,

    /// <summary>The terms are too long to travel with every award.</summary>
    [Refuses(RefusalClass.Rule)] TermsTooLong,

    /// <summary>They say what the newest terms of the fund say.</summary>
    [Refuses(RefusalClass.Rule)] NothingChanged,

    /// <summary>The fund has as many versions of its terms as it may have.</summary>
    [Refuses(RefusalClass.Rule)] TooManyVersions,
}

/// <summary>The body that opened a fund gives it new terms. They are for money that is issued from then on; money that there is keeps its own.</summary>
/// <param name="Purpose">What the fund is for now. Null: what it was for before.</param>
public sealed record ReviseTerms(
    string Fund, string Title, DocumentDigest? Purpose, Years Years,
    IReadOnlyList<SplitShare> Split, IReadOnlyList<Earmark> Earmarks, FundRules Rules) : ICommand
{
    public const int MostVersions = 100;

    private static readonly TermsReasons<ReviseTermsRefusal> Reasons = new(
        ReviseTermsRefusal.SharesNotWhole, ReviseTermsRefusal.ShareRepeated, ReviseTermsRefusal.EarmarkNotDefined, ReviseTermsRefusal.EarmarkRepeated, ReviseTermsRefusal.TermsTooLong);

    public Decision Decide(Books books, Surroundings around)
    {
        var draft = new DraftTerms(Title, Years, Split, Earmarks, Rules);
        if (!draft.IsWellFormed)
            return Decision.Refuse(ReviseTermsRefusal.TermsMalformed, $"The terms of {Fund} cannot be read: {draft.Fault}.");
        if (books.Funds.Newest(Fund) is not { } newest || !Fund.StartsWith(books.Body + ".", StringComparison.Ordinal))
            return Decision.Refuse(ReviseTermsRefusal.FundUnknown, $"{books.Body} has not opened a fund {Fund}.", ("fund", Fund));
        var purpose = Purpose ?? newest.Purpose;
        var terms = draft.As(Fund, newest.Version + 1, purpose);
        if (Reasons.Refuse(terms) is { } refused)
            return refused;
        if (draft.As(Fund, newest.Version, purpose).Equals(newest))
            return Decision.Refuse(
                ReviseTermsRefusal.NothingChanged, $"Version {newest.Version} of the terms of {newest.Title} says all that already.", ("terms_version", $"{newest.Version}"));
        if (newest.Version >= MostVersions)
            return Decision.Refuse(
                ReviseTermsRefusal.TooManyVersions, $"{newest.Title} has had {MostVersions} versions of its terms, and no fund has more: open another fund.", ("fund", Fund));
        return Decision.Accept(new Fact { TermsRevised = new TermsRevised { Terms = terms } });
    }
}
