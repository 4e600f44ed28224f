namespace FundingFlows.Ledger;

/// <summary>Why an appeal is not decided, in the order in which the rules are checked.</summary>
public enum DecideAppealRefusal
{
    /// <summary>No such instruction has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] InstructionUnknown = 1,

    /// <summary>The accountable body decides; this body appealed.</summary>
    [Refuses(RefusalClass.Rule)] NotTheAgent,

    /// <summary>No appeal has arrived.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NoAppeal,

    /// <summary>It was decided before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,

    /// <summary>The person who refused cannot decide the appeal.</summary>
    [Refuses(RefusalClass.NotAllowed)] RefusedBySamePerson,

    /// <summary>The person has declared an interest in the payee, now or at any time since the instruction came.</summary>
    [Refuses(RefusalClass.NotAllowed)] DeciderHasInterest,
}

/// <summary>The accountable body decides an appeal, by another person than who refused.</summary>
/// <param name="Instruction">The refused one.</param>
/// <param name="Allow">Whether the forum may instruct the payment again. Otherwise the refusal stands.</param>
/// <param name="Reasons">Why.</param>
public sealed record DecideAppeal(EntryId Instruction, bool Allow, DocumentDigest Reasons) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Instructions.Find(Instruction) is not { } instruction)
            return Decision.Refuse(
                DecideAppealRefusal.InstructionUnknown, $"No instruction {Instruction} has arrived at {books.Body}.", ("instruction", $"{Instruction}"));
        if (instruction.Agent != books.Body)
            return Decision.Refuse(DecideAppealRefusal.NotTheAgent, $"{books.Body} gave {Instruction} itself; {instruction.Agent} decides.", ("agent", instruction.Agent));
        if (instruction.Appeal is not { } appeal)
            return Decision.Refuse(DecideAppealRefusal.NoAppeal, $"No appeal about {Instruction} has arrived at {books.Body}.", ("instruction", $"{Instruction}"));
        if (appeal.DecidedAt is { } before)
            return Decision.Refuse(DecideAppealRefusal.AlreadyDecided, $"The appeal about {Instruction} was decided before.", ("decided_by", $"{before}"));
        if (instruction.Refusal!.Refuser == around.Actor)
            return Decision.Refuse(
                DecideAppealRefusal.RefusedBySamePerson, "Who refused a payment cannot decide the appeal against that: somebody else must.", ("instruction", $"{Instruction}"));
        if (books.Interests.HasHad(around.Actor, instruction.Payment.Payee, instruction.Since))
            return Decision.Refuse(
                DecideAppealRefusal.DeciderHasInterest,
                "Who has an interest in a payee, or had one since the instruction came, cannot decide the appeal: somebody else must.", ("instruction", $"{Instruction}"));
        return Decision.Accept(new Fact
        {
            AppealDecided = new AppealDecided
            {
                To = books.Deliveries.Address(instruction.Principal),
                Instruction = Instruction.ToRef(),
                Allowed = Allow,
                Reasons = Reasons,
            },
        });
    }
}
