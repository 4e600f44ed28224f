namespace FundingFlows.Ledger;

/// <summary>Why an instruction is not refused, in the order in which the rules are checked.</summary>
public enum RefuseInstructionRefusal
{
    /// <summary>It is no ground on which an accountable body may refuse.</summary>
    [Refuses(RefusalClass.Malformed)] GroundMalformed = 1,

    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed,

    /// <summary>No such instruction has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] InstructionUnknown,

    /// <summary>This body gave it; its accountable body refuses it.</summary>
    [Refuses(RefusalClass.Rule)] NotTheAgent,

    /// <summary>It was executed or refused before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,

    /// <summary>The same payment was refused on that ground before, and the appeal was allowed.</summary>
    [Refuses(RefusalClass.Rule)] GroundOverturned,
}

/// <summary>The accountable body refuses to pay, on a ground that is recorded and published.</summary>
/// <param name="Instruction">The (first) entry that gave it.</param>
/// <param name="RefusedOn">The day of the refusal.</param>
/// <param name="Reasons">Why, in full.</param>
/// <param name="PublicText">Why, for anyone to read.</param>
public sealed record RefuseInstruction(EntryId Instruction, RefusalGround Ground, DateOnly RefusedOn, DocumentDigest Reasons, DocumentDigest PublicText) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Ground == RefusalGround.Unspecified || !Enum.IsDefined(Ground))
            return Decision.Refuse(
                RefuseInstructionRefusal.GroundMalformed,
                "An accountable body refuses to pay only what is unlawful or ineligible, or for want of funds, failed due diligence or a conflict of interest.");
        if (!Dates.IsDay(RefusedOn))
            return Decision.Refuse(RefuseInstructionRefusal.DayMalformed, "A payment is refused on a day in a financial year that this ledger knows.");
        if (books.Instructions.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                RefuseInstructionRefusal.InstructionUnknown, $"No instruction {Instruction} has arrived at {books.Body}.", ("instruction", $"{Instruction}"));
        if (instruction.Agent != books.Body)
            return Decision.Refuse(
                RefuseInstructionRefusal.NotTheAgent, $"{books.Body} gave {Instruction} itself; {instruction.Agent} may refuse it.", ("agent", instruction.Agent));
        if (instruction.Stage != InstructionStage.Open)
            return Decision.Refuse(
                RefuseInstructionRefusal.AlreadyDecided, $"{Instruction} was {instruction.Stage.ToString().ToLowerInvariant()} before.", ("instruction", $"{Instruction}"));
        if (books.Instructions.OverturnedFor(instruction).Contains(Ground))
            return Decision.Refuse(
                RefuseInstructionRefusal.GroundOverturned, $"This payment was refused on that ground before, and the appeal was allowed: pay it, or name another ground.",
                ("after_appeal", $"{instruction.AfterAppeal}"));
        return Decision.Accept(new Fact
        {
            InstructionRefused = new InstructionRefused
            {
                To = books.Deliveries.Address(instruction.Principal),
                Instruction = Instruction.ToRef(),
                Ground = Ground,
                RefusedOn = RefusedOn.ToDate(),
                Reasons = Reasons,
                PublicText = PublicText,
            },
        });
    }
}
