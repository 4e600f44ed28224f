namespace FundingFlows.Ledger;

/// <summary>Why an amendment is neither accepted nor declined, in the order in which the rules are checked.</summary>
public enum AnswerAmendmentRefusal
{
    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown = 1,

    /// <summary>No such amendment of it has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AmendmentUnknown,

    /// <summary>This body offered it; the other body answers.</summary>
    [Refuses(RefusalClass.Rule)] OwnOffer,

    /// <summary>It was answered already, or has lapsed.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyAnswered,

    /// <summary>Accepting: a party has suspended the agreement that the award is under.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementSuspended,

    /// <summary>Accepting: the funder has not answered the acceptance of an amendment before it.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] EarlierUnanswered,
}

/// <summary>The recipient of an award accepts an amendment of it, or declines it.</summary>
public sealed record AnswerAmendment(EntryId Award, EntryId Amendment, bool Accept) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(AnswerAmendmentRefusal.AwardUnknown, $"{books.Body} knows no award {Award}.", ("award", $"{Award}"));
        if (award.FindAmendment(Amendment) is not { } amendment)
            return Decision.Refuse(AnswerAmendmentRefusal.AmendmentUnknown, $"No amendment {Amendment} of {Award} has arrived.", ("amendment", $"{Amendment}"));
        if (award.Funder == books.Body)
            return Decision.Refuse(
                AnswerAmendmentRefusal.OwnOffer, $"{books.Body} offered {Amendment} itself; {award.Recipient} answers it.", ("amendment", $"{Amendment}"));
        if (amendment.State != AmendmentStage.Offered)
            return Decision.Refuse(AnswerAmendmentRefusal.AlreadyAnswered, $"{Amendment} can no longer be answered: {Words(amendment.State)}.", ("amendment", $"{Amendment}"));
        if (Accept && books.Agreements.Find(award.Agreement) is { State: AgreementStage.Suspended } agreement)
            return Decision.Refuse(
                AnswerAmendmentRefusal.AgreementSuspended, $"The agreement that {Award} is under is suspended by {string.Join(" and ", agreement.SuspendedBy)}.", ("agreement", $"{agreement.Id}"));
        if (Accept && award.Amendments.FirstOrDefault(one => one.State == AmendmentStage.Accepted) is { } earlier)
            return Decision.Refuse(
                AnswerAmendmentRefusal.EarlierUnanswered, $"{award.Funder} has not answered yet that {earlier.Id} was accepted: wait for that.", ("amendment", $"{earlier.Id}"));
        var to = books.Deliveries.Address(award.Funder);
        return Decision.Accept(Accept
            ? new Fact { AwardAmendmentAccepted = new AwardAmendmentAccepted { To = to, Award = Award.ToRef(), Amendment = Amendment.ToRef() } }
            : new Fact { AwardAmendmentDeclined = new AwardAmendmentDeclined { To = to, Award = Award.ToRef(), Amendment = Amendment.ToRef() } });
    }

    private static string Words(AmendmentStage stage) => stage switch
    {
        AmendmentStage.Declined => "it was declined",
        AmendmentStage.Lapsed => "it has lapsed",
        _ => "it was accepted",
    };
}
