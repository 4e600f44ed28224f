namespace FundingFlows.Ledger;

/// <summary>Why a custody is not ended, in the order in which the rules are checked.</summary>
public enum EndCustodyRefusal
{
    /// <summary>This body is in no such custody.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] CustodyUnknown = 1,

    /// <summary>It has ended already, or was refused for good.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyOver,

    /// <summary>An instruction or an appeal under it waits to be decided.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] InstructionOpen,
}

/// <summary>One of the two ends a custody, or withdraws or turns down its proposal.</summary>
/// <param name="Id">The custody: the entry that proposed it.</param>
public sealed record EndCustody(EntryId Id, DocumentDigest Reason) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Custodies.Find(Id) is not { } custody)
            return Decision.Refuse(EndCustodyRefusal.CustodyUnknown, $"{books.Body} knows no custody {Id}.", ("custody", $"{Id}"));
        if (custody.State is CustodyStage.Ended or CustodyStage.Refused)
            return Decision.Refuse(EndCustodyRefusal.AlreadyOver, $"{Id} is over already: it was {custody.State.ToString().ToLowerInvariant()}.", ("custody", $"{Id}"));
        if (books.Instructions.OpenUnder(Id) is { } open)
            return Decision.Refuse(
                EndCustodyRefusal.InstructionOpen,
                open.Stage == InstructionStage.Open
                    ? $"{open.Agent} has neither paid nor refused {open.Id} yet, as far as {books.Body} knows." : $"The appeal about {open.Id} is not decided yet, as far as {books.Body} knows.",
                ("instruction", $"{open.Id}"));
        return Decision.Accept(new Fact
        {
            CustodyEnded = new CustodyEnded { To = books.Deliveries.Address(custody.Other(books.Body)), Custody = Id.ToRef(), Reason = Reason },
        });
    }
}
