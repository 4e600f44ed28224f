namespace FundingFlows.Ledger;

/// <summary>Why an amendment of an award is not offered, in the order in which the rules are checked.</summary>
public enum AmendAwardRefusal
{
    /// <summary>A promise has no proper year, kind, earmarks or amount, or two are for the same thing.</summary>
    [Refuses(RefusalClass.Malformed)] PromisesMalformed = 1,

    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown,

    /// <summary>The award was made by another body; only its funder offers to amend it.</summary>
    [Refuses(RefusalClass.Rule)] NotTheFunder,

    /// <summary>The recipient has not accepted the award, as far as is known here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AwardNotAccepted,

    /// <summary>A party has suspended the agreement that the award is under.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementSuspended,

    /// <summary>The agreement that the award is under has ended, or the recipient was abolished.</summary>
    [Refuses(RefusalClass.Rule)] AwardOver,

    /// <summary>An amendment of it was offered and is not answered.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AmendmentOpen,

    /// <summary>The award promises just that already.</summary>
    [Refuses(RefusalClass.Rule)] NothingChanged,

    /// <summary>The promises span more years than one award may.</summary>
    [Refuses(RefusalClass.Rule)] TooManyYears,

    /// <summary>A promise is for a year outside the window of the award's terms.</summary>
    [Refuses(RefusalClass.Rule)] YearOutsideTerms,

    /// <summary>It would change a promise for a year that is closed here.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>It would promise less than what was released.</summary>
    [Refuses(RefusalClass.Rule)] BelowReleased,

    /// <summary>With those that it no longer names the award would have more promises than one can.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPromises,

    /// <summary>It would promise more, and terms of the award ask that awards come from a recorded run of a formula.</summary>
    [Refuses(RefusalClass.Rule)] ByFormulaOnly,

    /// <summary>A promise names an earmark that the award's terms do not define.</summary>
    [Refuses(RefusalClass.Rule)] EarmarkNotDefined,

    /// <summary>The fund has no money that could ever be used as promised.</summary>
    [Refuses(RefusalClass.Rule)] LineNotInTerms,

    /// <summary>With it more would be promised than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,
}

/// <summary>
/// The funder of an award offers to amend it, under the same terms. What would be promised as before, or less, needs no new leave of the
/// terms; until the recipient has accepted, and this body knows, the award stays as it is.
/// </summary>
/// <param name="Promises">All that the award is to promise.</param>
public sealed record AmendAward(EntryId Award, IReadOnlyList<Promise> Promises) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!FundingAward.AreWellFormed(Promises))
            return Decision.Refuse(
                AmendAwardRefusal.PromisesMalformed, "The promises cannot be read: check their years, kinds, earmarks and amounts, and that no two are for the same thing.");
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(AmendAwardRefusal.AwardUnknown, $"{books.Body} knows no award {Award}.", ("award", $"{Award}"));
        if (award.Funder != books.Body)
            return Decision.Refuse(AmendAwardRefusal.NotTheFunder, $"{Award} was made by {award.Funder}; only it offers to amend it.", ("funder", award.Funder));
        if (award.State != AwardStage.Accepted)
            return Decision.Refuse(
                AmendAwardRefusal.AwardNotAccepted, $"{award.Recipient} has not accepted {Award}: it is {award.State.ToString().ToLowerInvariant()}.", ("award", $"{Award}"));
        if (books.Agreements.Find(award.Agreement) is { State: AgreementStage.Suspended } agreement)
            return Decision.Refuse(
                AmendAwardRefusal.AgreementSuspended, $"The agreement that {Award} is under is suspended by {string.Join(" and ", agreement.SuspendedBy)}.", ("agreement", $"{agreement.Id}"));
        if (award.IsOver)
            return Decision.Refuse(AmendAwardRefusal.AwardOver, $"The agreement that {Award} is under has ended, so nothing more is promised.", ("agreement", $"{award.Agreement}"));
        if (award.OpenAmendment is { } open)
            return Decision.Refuse(
                AmendAwardRefusal.AmendmentOpen, $"{award.Recipient} has not answered amendment {open.Id} yet: only one can be open at a time.", ("amendment", $"{open.Id}"));
        return Refuse(books, award) is { } refusal ? Decision.Refuse(refusal) : Decision.Accept(new Fact
        {
            AwardAmendmentOffered = new AwardAmendmentOffered
            {
                To = books.Deliveries.Address(award.Recipient),
                Award = Award.ToRef(),
                Promises = { Promises.Select(promise => new AwardPromise(promise).AsPromise()) },
            },
        });
    }

    private Refusal? Refuse(Books books, FundingAward award)
    {
        if (!Amending.Changes(award, Promises))
            return Refusal.Of(AmendAwardRefusal.NothingChanged, $"{Award} promises just that already.", ("award", $"{Award}"));
        if (PromiseRules.TooManyYears(Promises) is { } tooMany)
            return Refused(AmendAwardRefusal.TooManyYears, tooMany);
        if (PromiseRules.YearOutsideTerms(award.AllTerms, Promises) is { } outside)
            return Refused(AmendAwardRefusal.YearOutsideTerms, outside);
        if (Amending.ChangedClosedYear(books, award, Promises) is { } closed)
            return Refusal.Of(
                AmendAwardRefusal.YearClosed, $"{Years.InWords(closed)} is closed here: what is promised for it stays as it is.", ("financial_year", $"{closed}"));
        if (Amending.BelowReleased(award, Promises) is { } released)
            return Refusal.Of(
                AmendAwardRefusal.BelowReleased,
                $"{Pence.InPounds(released.ReleasedPence)} of what {Award} promises for {Years.InWords(released.Year)} was released: it cannot promise less than that.",
                ("financial_year", $"{released.Year}"), ("released_pence", $"{released.ReleasedPence}"));
        var all = award.Promises.Count + Amending.New(award, Promises).Count();
        if (all > FundingAward.MostPromises)
            return Refusal.Of(
                AmendAwardRefusal.TooManyPromises, $"With those that it no longer names {Award} would have {all} promises; one award has at most {FundingAward.MostPromises}.",
                ("promises", $"{all}"));
        if (Amending.FormalRaised(award, Promises) is { } formal)
            return Refusal.Of(
                AmendAwardRefusal.ByFormulaOnly, $"Money of {formal.Title} is awarded by a formula only, so {Award} can promise less and not more: record a run, and make awards from it.", ("fund", formal.Fund));
        if (PromiseRules.EarmarkNotDefined(award.AllTerms, Amending.Raised(award, Promises)) is { } undefined)
            return Refused(AmendAwardRefusal.EarmarkNotDefined, undefined);
        if (PromiseRules.LineNotInTerms(books, award.Terms, Amending.Raised(award, Promises)) is { } never)
            return Refused(AmendAwardRefusal.LineNotInTerms, never);
        return PromiseRules.TotalTooLarge(books, award.Terms.Fund, Amending.MorePence(award, Promises)) is { } much ? Refused(AmendAwardRefusal.TotalTooLarge, much) : null;
    }

    private static Refusal Refused(AmendAwardRefusal reason, Objection objection) => Refusal.Of(reason, objection.Sentence, objection.Details);
}
