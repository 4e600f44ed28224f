namespace FundingFlows.Ledger;

/// <summary>Why an award is not offered, in the order in which the rules are checked.</summary>
public enum OfferAwardRefusal
{
    /// <summary>A promise has no proper year, kind, earmarks or amount, or two are for the same thing.</summary>
    [Refuses(RefusalClass.Malformed)] PromisesMalformed = 1,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>There is no agreement in force by which this body funds that one.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NoAgreement,

    /// <summary>A party has suspended the agreement.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementSuspended,

    /// <summary>This body has money of the same fund from that one, directly or through others: it would go round in a circle.</summary>
    [Refuses(RefusalClass.Rule)] Circular,

    /// <summary>The promises span more years than one award may.</summary>
    [Refuses(RefusalClass.Rule)] TooManyYears,

    /// <summary>A promise is for a year outside the fund's window.</summary>
    [Refuses(RefusalClass.Rule)] YearOutsideTerms,

    /// <summary>A promise is for a year that is closed here: what is left of it is carried forward or goes back.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>The fund's terms ask that awards come from a recorded run of a formula.</summary>
    [Refuses(RefusalClass.Rule)] ByFormulaOnly,

    /// <summary>A promise names an earmark that the fund's terms do not define.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkNotDefined,

    /// <summary>The fund has no money that could ever be used as promised.</summary>
    [Refuses(RefusalClass.Rule)] LineNotInTerms,

    /// <summary>With it more would be promised than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,

    /// <summary>The promised money stands under so many terms, or has come by so many bodies, that they do not fit in one offer.</summary>
    [Refuses(RefusalClass.Rule)] TermsTooLong,
}

/// <summary>This body offers another an award, with the fund's terms.</summary>
public sealed record OfferAward(string Recipient, string Fund, IReadOnlyList<Promise> Promises) : ICommand
{
    /// <summary>The recorded run that the promises come from. Null: they come from none.</summary>
    public EntryId? Allocation { get; init; }

    public Decision Decide(Books books, Surroundings around)
    {
        if (!FundingAward.AreWellFormed(Promises))
            return Decision.Refuse(
                OfferAwardRefusal.PromisesMalformed, "The promises cannot be read: check their years, kinds, earmarks and amounts, and that no two are for the same thing.");
        if (books.Funds.Newest(Fund) is not { } terms)
            return Decision.Refuse(OfferAwardRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        if (books.Agreements.InForce(books.Body, Recipient) is not { } agreement)
            return Decision.Refuse(
                OfferAwardRefusal.NoAgreement, $"There is no funding agreement by which {books.Body} funds {Recipient}: make one first.", ("recipient", Recipient));
        if (agreement.State == AgreementStage.Suspended)
            return Decision.Refuse(
                OfferAwardRefusal.AgreementSuspended, $"The agreement by which {books.Body} funds {Recipient} is suspended by {string.Join(" and ", agreement.SuspendedBy)}.",
                ("agreement", $"{agreement.Id}"));
        var above = books.Awards.FundersAbove(books.Body, Fund);
        if (above.Contains(Recipient) || books.Awards.Goes(Recipient, books.Body, Fund))
            return Decision.Refuse(
                OfferAwardRefusal.Circular,
                $"{books.Body} has money of {terms.Title} from {Recipient}, directly or through others, so it cannot award any to it: send back what is not needed instead.",
                ("recipient", Recipient), ("fund", Fund));
        if (PromiseRules.TooManyYears(Promises) is { } tooMany)
            return Refused(OfferAwardRefusal.TooManyYears, tooMany);
        var earlier = EarlierTerms(books, terms).ToList();
        if (PromiseRules.YearOutsideTerms([terms, .. earlier], Promises) is { } outside)
            return Refused(OfferAwardRefusal.YearOutsideTerms, outside);
        if (Promises.FirstOrDefault(promise => books.Years.IsClosed(promise.FinancialYear)) is { } closed)
            return Decision.Refuse(
                OfferAwardRefusal.YearClosed, $"{Years.InWords(closed.FinancialYear)} is closed here: nothing more can be promised for it.",
                ("financial_year", $"{closed.FinancialYear}"));
        if (Allocation is null && earlier.Prepend(terms).FirstOrDefault(one => one.AwardsByFormulaOnly) is { } formal)
            return Decision.Refuse(
                OfferAwardRefusal.ByFormulaOnly, $"Money of {formal.Title} is awarded by a formula only: record a run, and make the awards from it.", ("fund", formal.Fund));
        if (PromiseRules.EarmarkNotDefined([terms, .. earlier], Promises) is { } undefined)
            return Refused(OfferAwardRefusal.EarmarkNotDefined, undefined);
        if (PromiseRules.LineNotInTerms(books, terms, Promises) is { } never)
            return Refused(OfferAwardRefusal.LineNotInTerms, never);
        if (PromiseRules.TotalTooLarge(books, Fund, Promises.Sum(promise => promise.AmountPence)) is { } much)
            return Refused(OfferAwardRefusal.TotalTooLarge, much);
        var offer = new Fact
        {
            AwardOffered = new AwardOffered
            {
                To = books.Deliveries.Address(Recipient),
                Agreement = agreement.Id.ToRef(),
                Terms = terms,
                Promises = { Promises.Select(promise => new AwardPromise(promise).AsPromise()) },
                EarlierTerms = { earlier },
                FundersAbove = { above },
                Allocation = Allocation?.ToRef(),
            },
        };
        return offer.CalculateSize() <= Parts.MostBytes ? Decision.Accept(offer) : Decision.Refuse(
            OfferAwardRefusal.TermsTooLong, $"The money of {terms.Title} stands under so many terms, or has come by so many bodies, that they do not fit in one offer of at most {Parts.MostBytes} bytes.",
            ("bytes", $"{offer.CalculateSize()}"));
    }

    /// <summary>All other terms that bind money of the fund here: other versions, and those of funds that were merged into it.</summary>
    private IEnumerable<FundTerms> EarlierTerms(Books books, FundTerms newest) =>
        books.Lots.Remaining(Fund).SelectMany(lot => lot.Terms).Distinct().Where(id => id != TermsId.Of(newest))
            .OrderBy(id => id.Fund, StringComparer.Ordinal).ThenBy(id => id.Version).Select(id => books.Funds.Find(id)!);

    private static Decision Refused(OfferAwardRefusal reason, Objection objection) => Decision.Refuse(reason, objection.Sentence, objection.Details);
}
