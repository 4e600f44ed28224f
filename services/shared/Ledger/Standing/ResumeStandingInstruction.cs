namespace FundingFlows.Ledger;

/// <summary>Why a standing instruction does not go on, in the order in which the rules are checked.</summary>
public enum ResumeStandingInstructionRefusal
{
    /// <summary>This body set no such instruction.</summary>
    [Refuses(RefusalClass.Missing)] InstructionUnknown = 1,

    /// <summary>It has not stopped.</summary>
    [Refuses(RefusalClass.Rule)] NotStopped,
}

/// <summary>An instruction that has stopped goes on with what comes from now on. What came meanwhile stays, until a person releases it.</summary>
public sealed record ResumeStandingInstruction(EntryId Instruction) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Standing.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                ResumeStandingInstructionRefusal.InstructionUnknown, $"{books.Body} has set no standing instruction {Instruction}.", ("instruction", $"{Instruction}"));
        return instruction.State == StandingStage.Stopped
            ? Decision.Accept(new Fact { StandingInstructionResumed = new StandingInstructionResumed { Instruction = Instruction.ToRef() } })
            : Decision.Refuse(ResumeStandingInstructionRefusal.NotStopped, $"{Instruction} has not stopped, so it cannot be resumed.", ("instruction", $"{Instruction}"));
    }
}
