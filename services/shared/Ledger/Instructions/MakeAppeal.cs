namespace FundingFlows.Ledger;

/// <summary>Why an appeal is not made, in the order in which the rules are checked.</summary>
public enum MakeAppealRefusal
{
    /// <summary>This body knows no such instruction.</summary>
    [Refuses(RefusalClass.Missing)] InstructionUnknown = 1,

    /// <summary>The forum that gave it appeals; this body is its accountable body.</summary>
    [Refuses(RefusalClass.Rule)] NotThePrincipal,

    /// <summary>It was not refused on any ground, as far as is known here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotRefused,

    /// <summary>There was an appeal against that refusal; there is one only.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyAppealed,

    /// <summary>The accountable body that refused was abolished: nobody decides the appeal. The payment can be instructed anew.</summary>
    [Refuses(RefusalClass.Rule)] AgentAbolished,

    /// <summary>The accountable body that refused was closed: nobody decides the appeal.</summary>
    [Refuses(RefusalClass.Rule)] AgentClosed,
}

/// <summary>The forum appeals against a refusal of its accountable body, once.</summary>
/// <param name="Instruction">The refused one.</param>
/// <param name="Reasons">Why.</param>
public sealed record MakeAppeal(EntryId Instruction, DocumentDigest Reasons) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Instructions.Find(Instruction) is not { } instruction)
            return Decision.Refuse(MakeAppealRefusal.InstructionUnknown, $"{books.Body} gave no instruction {Instruction}.", ("instruction", $"{Instruction}"));
        if (instruction.Principal != books.Body)
            return Decision.Refuse(
                MakeAppealRefusal.NotThePrincipal, $"{instruction.Principal} gave {Instruction}, so only it can appeal.", ("principal", instruction.Principal));
        if (instruction.Stage != InstructionStage.Refused)
            return Decision.Refuse(
                MakeAppealRefusal.NotRefused, $"{Instruction} was not refused on any ground, as far as {books.Body} knows.", ("instruction", $"{Instruction}"));
        if (instruction.Appeal is { } appeal)
            return Decision.Refuse(
                MakeAppealRefusal.AlreadyAppealed, $"{books.Body} has appealed against the refusal of {Instruction} before; it may once.", ("appeal", $"{appeal.At}"));
        if (books.Abolished.Contains(instruction.Agent))
            return Decision.Refuse(
                MakeAppealRefusal.AgentAbolished, $"{instruction.Agent} was abolished and decides nothing any more: instruct the payment anew.", ("agent", instruction.Agent));
        if (books.Closed.Contains(instruction.Agent))
            return Decision.Refuse(
                MakeAppealRefusal.AgentClosed, $"{instruction.Agent} was closed and decides nothing any more: instruct the payment anew.", ("agent", instruction.Agent));
        return Decision.Accept(new Fact
        {
            RefusalAppealed = new RefusalAppealed { To = books.Deliveries.Address(instruction.Agent), Instruction = Instruction.ToRef(), Reasons = Reasons },
        });
    }
}
