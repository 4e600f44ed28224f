namespace FundingFlows.Ledger;

/// <summary>Why a standing instruction is not approved, in the order in which the rules are checked.</summary>
public enum ApproveStandingInstructionRefusal
{
    /// <summary>This body set no such instruction.</summary>
    [Refuses(RefusalClass.Missing)] InstructionUnknown = 1,

    /// <summary>It does not wait for a second person (any more).</summary>
    [Refuses(RefusalClass.Rule)] NotWaiting,

    /// <summary>The person who set it cannot be the second person.</summary>
    [Refuses(RefusalClass.NotAllowed)] SetBySamePerson,
}

/// <summary>The second person agrees to an instruction that waits: it is in force for what comes from now on.</summary>
public sealed record ApproveStandingInstruction(EntryId Instruction) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Standing.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                ApproveStandingInstructionRefusal.InstructionUnknown, $"{books.Body} has set no standing instruction {Instruction}.", ("instruction", $"{Instruction}"));
        if (instruction.State != StandingStage.Waits)
            return Decision.Refuse(
                ApproveStandingInstructionRefusal.NotWaiting, $"{Instruction} does not wait for a second person.", ("instruction", $"{Instruction}"));
        if (instruction.SetBy == around.Actor)
            return Decision.Refuse(
                ApproveStandingInstructionRefusal.SetBySamePerson, "Who set a standing instruction cannot approve it: somebody else must.", ("instruction", $"{Instruction}"));
        return Decision.Accept(new Fact { StandingInstructionApproved = new StandingInstructionApproved { Instruction = Instruction.ToRef() } });
    }
}
