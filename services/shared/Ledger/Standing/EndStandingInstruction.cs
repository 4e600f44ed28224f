namespace FundingFlows.Ledger;

/// <summary>Why a standing instruction is not ended, in the order in which the rules are checked.</summary>
public enum EndStandingInstructionRefusal
{
    /// <summary>This body set no such instruction.</summary>
    [Refuses(RefusalClass.Missing)] InstructionUnknown = 1,

    /// <summary>It was ended before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyEnded,
}

/// <summary>Nothing more is passed on by an instruction, for good. What is on its way still arrives.</summary>
public sealed record EndStandingInstruction(EntryId Instruction) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Standing.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                EndStandingInstructionRefusal.InstructionUnknown, $"{books.Body} has set no standing instruction {Instruction}.", ("instruction", $"{Instruction}"));
        return instruction.State != StandingStage.Ended
            ? Decision.Accept(new Fact { StandingInstructionEnded = new StandingInstructionEnded { Instruction = Instruction.ToRef() } })
            : Decision.Refuse(EndStandingInstructionRefusal.AlreadyEnded, $"{Instruction} was ended before.", ("instruction", $"{Instruction}"));
    }
}
