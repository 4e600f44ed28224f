namespace FundingFlows.Ledger;

/// <summary>Why an award is neither accepted nor declined, in the order in which the rules are checked.</summary>
public enum AnswerAwardRefusal
{
    /// <summary>No such offer has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AwardUnknown = 1,

    /// <summary>This body offered it; the other body answers.</summary>
    [Refuses(RefusalClass.Rule)] OwnOffer,

    /// <summary>It was answered already.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyAnswered,

    /// <summary>Accepting: the agreement that it is offered under is suspended, or has ended.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementNotActive,

    /// <summary>Accepting: its funder has money of the same fund from this body, directly or through others: it would go round in a circle.</summary>
    [Refuses(RefusalClass.Rule)] Circular,

    /// <summary>Accepting: other terms of that version of the fund are known here. Two offers may have waited, each with its own.</summary>
    [Refuses(RefusalClass.Rule)] TermsContradict,
}

/// <summary>This body accepts an award with its terms, or declines it.</summary>
public sealed record AnswerAward(EntryId Award, bool Accept) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(AnswerAwardRefusal.AwardUnknown, $"No offer {Award} has arrived.", ("award", $"{Award}"));
        if (award.Funder == books.Body)
            return Decision.Refuse(AnswerAwardRefusal.OwnOffer, $"{books.Body} offered {Award} itself; {award.Recipient} answers it.", ("award", $"{Award}"));
        if (award.State != AwardStage.Offered)
            return Decision.Refuse(AnswerAwardRefusal.AlreadyAnswered, $"{Award} was answered already: it is {award.State.ToString().ToLowerInvariant()}.", ("award", $"{Award}"));
        if (Accept && books.Agreements.Find(award.Agreement) is { State: not AgreementStage.Active } agreement)
            return Decision.Refuse(
                AnswerAwardRefusal.AgreementNotActive, $"The agreement that {Award} was offered under is {agreement.State.ToString().ToLowerInvariant()}, so it cannot be accepted now.",
                ("agreement", $"{agreement.Id}"));
        if (Accept && ClosesACircle(books, award))
            return Decision.Refuse(
                AnswerAwardRefusal.Circular,
                $"{award.Funder} is awarded money of {award.Terms.Title} by {books.Body}, directly or through others, so it cannot award any back: the money would go round in a circle.",
                ("funder", award.Funder), ("fund", award.Terms.Fund));
        if (Accept && award.AllTerms.FirstOrDefault(terms => BelievedTerms.Contradict(books, terms)) is { } other)
            return Decision.Refuse(
                AnswerAwardRefusal.TermsContradict,
                $"{award.Funder} offers {other.Fund} with other terms than are known here, so {Award} cannot be accepted: decline it, and ask which terms are right.",
                ("award", $"{Award}"), ("fund", other.Fund), ("terms_version", $"{other.Version}"));
        var to = books.Deliveries.Address(award.Funder);
        return Decision.Accept(Accept
            ? new Fact { AwardAccepted = new AwardAccepted { To = to, Award = Award.ToRef() } }
            : new Fact { AwardDeclined = new AwardDeclined { To = to, Award = Award.ToRef() } });
    }

    /// <summary>A body that stands above the funder and has money of the fund from this one closes the circle as well.</summary>
    private static bool ClosesACircle(Books books, FundingAward award) =>
        award.FundersAbove.Contains(books.Body)
        || award.FundersAbove.Append(award.Funder).Any(above => books.Awards.Goes(books.Body, above, award.Terms.Fund));
}
