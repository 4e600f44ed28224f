namespace FundingFlows.Ledger;

/// <summary>Why a custody is not accepted, in the order in which the rules are checked.</summary>
public enum AcceptCustodyRefusal
{
    /// <summary>No such proposal has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] CustodyUnknown = 1,

    /// <summary>This body proposed it; the other accepts.</summary>
    [Refuses(RefusalClass.Rule)] OwnProposal,

    /// <summary>Only councils are accountable bodies; this body is none.</summary>
    [Refuses(RefusalClass.Rule)] NotACouncil,

    /// <summary>It is not waiting to be accepted.</summary>
    [Refuses(RefusalClass.Rule)] NotProposed,
}

/// <summary>A council accepts to keep a forum's money and to pay for it.</summary>
/// <param name="Id">The custody: the entry that proposed it.</param>
public sealed record AcceptCustody(EntryId Id) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Custodies.Find(Id) is not { } custody)
            return Decision.Refuse(AcceptCustodyRefusal.CustodyUnknown, $"No proposal {Id} has arrived.", ("custody", $"{Id}"));
        if (custody.Principal == books.Body)
            return Decision.Refuse(AcceptCustodyRefusal.OwnProposal, $"{books.Body} proposed {Id} itself; {custody.Agent} accepts it.", ("custody", $"{Id}"));
        if (books.Tier != Tier.Council)
            return Decision.Refuse(AcceptCustodyRefusal.NotACouncil, $"Only councils keep money for forums, and {books.Body} is none.", ("body", books.Body));
        if (custody.State != CustodyStage.Proposed)
            return Decision.Refuse(AcceptCustodyRefusal.NotProposed, $"{Id} is not waiting to be accepted.", ("custody", $"{Id}"));
        return Decision.Accept(new Fact { CustodyAccepted = new CustodyAccepted { To = books.Deliveries.Address(custody.Principal), Custody = Id.ToRef() } });
    }
}
