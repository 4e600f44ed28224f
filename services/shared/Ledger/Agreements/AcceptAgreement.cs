namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not accepted, in the order in which the rules are checked.</summary>
public enum AcceptAgreementRefusal
{
    /// <summary>No such proposal has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgreementUnknown = 1,

    /// <summary>This body proposed it; the other body accepts.</summary>
    [Refuses(RefusalClass.Rule)] OwnProposal,

    /// <summary>It is not waiting to be accepted.</summary>
    [Refuses(RefusalClass.Rule)] NotProposed,
}

/// <summary>This body accepts a proposal by which another will fund it.</summary>
public sealed record AcceptAgreement(EntryId Agreement) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Agreements.Find(Agreement) is not { } agreement)
            return Decision.Refuse(AcceptAgreementRefusal.AgreementUnknown, $"No proposal {Agreement} has arrived.", ("agreement", $"{Agreement}"));
        if (agreement.Funder == books.Body)
            return Decision.Refuse(AcceptAgreementRefusal.OwnProposal, $"{books.Body} proposed {Agreement} itself; {agreement.Recipient} accepts it.", ("agreement", $"{Agreement}"));
        if (agreement.State != AgreementStage.Proposed)
            return Decision.Refuse(AcceptAgreementRefusal.NotProposed, $"{Agreement} is not waiting to be accepted.", ("agreement", $"{Agreement}"));
        return Decision.Accept(new Fact
        {
            AgreementAccepted = new AgreementAccepted { To = books.Deliveries.Address(agreement.Funder), Agreement = Agreement.ToRef() },
        });
    }
}
