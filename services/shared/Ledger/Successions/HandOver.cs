namespace FundingFlows.Ledger;

/// <summary>Why nothing is handed over, in the order in which the rules are checked.</summary>
public enum HandOverRefusal
{
    /// <summary>A thing is named twice.</summary>
    [Refuses(RefusalClass.Malformed)] ThingRepeated = 1,

    /// <summary>Nobody was ordered to stand in this body's place.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NoSuccessors,

    /// <summary>Who is to take something is not a successor.</summary>
    [Refuses(RefusalClass.Rule)] TakerIsNoSuccessor,

    /// <summary>There is nothing to hand over until others have answered.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] Waiting,
}

/// <summary>
/// This body, in whose place others stand, hands over the next portion of its books. Each portion is an operation of its own, so a
/// crash between two loses nothing and repeats nothing. The last one asks for the body to be closed.
/// </summary>
/// <param name="Takers">Who takes what cannot be divided: a body that is funded, or a project. Of what is not named, and of bodies that together succeeded one that was funded, the successor with the largest share.</param>
public sealed record HandOver(IReadOnlyList<(string Thing, string Successor)> Takers) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Takers.GroupBy(taker => taker.Thing).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return Decision.Refuse(HandOverRefusal.ThingRepeated, $"{twice.Key} is named twice: one successor takes it.", ("thing", twice.Key));
        if (books.Vesting is not { } vesting)
            return Decision.Refuse(HandOverRefusal.NoSuccessors, $"{books.Body} has no successors, as far as it knows.", ("body", books.Body));
        if (Takers.FirstOrDefault(taker => !vesting.Succession.Successors.Contains(taker.Successor)) is { Successor: not null } wrong)
            return Decision.Refuse(
                HandOverRefusal.TakerIsNoSuccessor, $"{wrong.Successor} does not take over from {books.Body}; {vesting.Succession.InWords} do.", ("body", wrong.Successor));
        return new HandingOver(books, vesting, Takers.ToDictionary(taker => taker.Thing, taker => taker.Successor), around).Next() is { Count: > 0 } facts
            ? Decision.Accept(facts)
            : Decision.Refuse(HandOverRefusal.Waiting, $"{books.Body} waits until others have answered; nothing can be handed over before.");
    }
}
