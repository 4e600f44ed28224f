namespace FundingFlows.Ledger;

/// <summary>Why an instruction is not executed, in the order in which the rules are checked.</summary>
public enum ExecuteInstructionRefusal
{
    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>No such instruction has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] InstructionUnknown,

    /// <summary>This body gave it; its accountable body executes it.</summary>
    [Refuses(RefusalClass.Rule)] NotTheAgent,

    /// <summary>It was executed or refused before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,

    /// <summary>The payee has become a body of the federation.</summary>
    [Refuses(RefusalClass.Rule)] PayeeIsABody,

    /// <summary>The day is not in the year that it counts in, or is after that by which a loan is to be repaid.</summary>
    [Refuses(RefusalClass.Rule)] DayNotAllowed,

    /// <summary>With it more would have been paid for the forum than accounts hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,

    /// <summary>The person has declared an interest in the payee, now or at any time since the instruction came.</summary>
    [Refuses(RefusalClass.NotAllowed)] ExecutorHasInterest,
}

/// <summary>The accountable body has paid out of a forum's money, as the forum told it to. None of its own accounts moves.</summary>
/// <param name="Instruction">The (first) entry that gave it.</param>
/// <param name="PaidOn">The day on which the bank paid.</param>
/// <param name="Evidence">What shows that it did.</param>
public sealed record ExecuteInstruction(EntryId Instruction, DateOnly PaidOn, DocumentDigest Evidence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Dates.IsDay(PaidOn))
            return Decision.Refuse(ExecuteInstructionRefusal.DayMalformed, "A payment is made on a day in a financial year that this ledger knows.");
        if (books.Instructions.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                ExecuteInstructionRefusal.InstructionUnknown, $"No instruction {Instruction} has arrived at {books.Body}.", ("instruction", $"{Instruction}"));
        if (instruction.Agent != books.Body)
            return Decision.Refuse(
                ExecuteInstructionRefusal.NotTheAgent, $"{books.Body} gave {Instruction} itself; {instruction.Agent} executes it.", ("agent", instruction.Agent));
        if (instruction.Stage != InstructionStage.Open)
            return Decision.Refuse(
                ExecuteInstructionRefusal.AlreadyDecided, $"{Instruction} was {instruction.Stage.ToString().ToLowerInvariant()} before.", ("instruction", $"{Instruction}"));
        var payee = instruction.Payment.Payee;
        if (payee.IsABody(books, around))
            return Decision.Refuse(
                ExecuteInstructionRefusal.PayeeIsABody, $"{payee.Organisation} is a body of the federation, so it is not paid: refuse the instruction as ineligible.",
                ("payee", payee.Organisation));
        if (!instruction.MayBePaidOn(PaidOn))
            return Decision.Refuse(
                ExecuteInstructionRefusal.DayNotAllowed,
                $"{Instruction} is a payment of {Years.InWords(instruction.Payment.FinancialYear)}; it cannot be made on {Dates.InWords(PaidOn)}.",
                ("financial_year", $"{instruction.Payment.FinancialYear}"));
        if (books.Instructions.PaidPence(instruction.Principal) + instruction.Payment.AmountPence > Pence.Most)
            return Decision.Refuse(
                ExecuteInstructionRefusal.TotalTooLarge, $"With it more than {Pence.InPounds(Pence.Most)} would have been paid here for {instruction.Principal}; accounts hold no more.",
                ("principal", instruction.Principal));
        if (books.Interests.HasHad(around.Actor, payee, instruction.Since))
            return Decision.Refuse(
                ExecuteInstructionRefusal.ExecutorHasInterest, "Who has an interest in a payee, or had one since the instruction came, cannot pay: somebody else must.",
                ("instruction", $"{Instruction}"));
        return Decision.Accept(new Fact
        {
            InstructionExecuted = new InstructionExecuted
            {
                To = books.Deliveries.Address(instruction.Principal),
                Instruction = Instruction.ToRef(),
                PaidOn = PaidOn.ToDate(),
                Evidence = Evidence,
            },
        });
    }
}
