namespace FundingFlows.Ledger;

/// <summary>Why a custody is not proposed, in the order in which the rules are checked.</summary>
public enum ProposeCustodyRefusal
{
    /// <summary>The agent is not named as bodies are.</summary>
    [Refuses(RefusalClass.Malformed)] AgentMalformed = 1,

    /// <summary>Only forums have their money kept by an accountable body; this body is none.</summary>
    [Refuses(RefusalClass.Rule)] NotAForum,

    /// <summary>A body is not its own accountable body.</summary>
    [Refuses(RefusalClass.Rule)] WithItself,

    /// <summary>The agent is not a body of the federation, as far as is known here.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgentUnknown,

    /// <summary>The agent was closed or abolished.</summary>
    [Refuses(RefusalClass.Rule)] AgentGone,

    /// <summary>This forum has an accountable body, or has asked one.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyThere,
}

/// <summary>A forum asks a council to keep its money and to pay for it.</summary>
public sealed record ProposeCustody(string Agent) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Names.IsBody(Agent))
            return Decision.Refuse(ProposeCustodyRefusal.AgentMalformed, "The accountable body is not named as a body is.");
        if (books.Tier != Tier.NeighbourhoodForum)
            return Decision.Refuse(ProposeCustodyRefusal.NotAForum, $"{books.Body} is no neighbourhood forum and keeps its own money.", ("body", books.Body));
        if (Agent == books.Body)
            return Decision.Refuse(ProposeCustodyRefusal.WithItself, $"{books.Body} cannot be its own accountable body.");
        if (!around.IsBody(Agent))
            return Decision.Refuse(ProposeCustodyRefusal.AgentUnknown, $"{Agent} is not a body of the federation, as far as {books.Body} knows.", ("agent", Agent));
        if (books.IsGone(Agent))
            return Decision.Refuse(ProposeCustodyRefusal.AgentGone, $"{Agent} is a body no more, so it can keep nobody's money.", ("agent", Agent));
        if (books.Custodies.Open(books.Body) is { } custody)
            return Decision.Refuse(
                ProposeCustodyRefusal.AlreadyThere, $"{custody.Agent} keeps the money of {books.Body} already, or was asked to: end {custody.Id} first.", ("custody", $"{custody.Id}"));
        return Decision.Accept(new Fact { CustodyProposed = new CustodyProposed { To = books.Deliveries.Address(Agent) } });
    }
}
