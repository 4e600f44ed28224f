namespace FundingFlows.Ledger;

/// <summary>What facts about standing instructions change in the books.</summary>
internal static class StandingFacts
{
    public static void Apply(Books books, EntryId at, StandingInstructionSet fact, string actor) => books.Standing.Add(new StandingInstruction(
        at, new StandingLine(EntryId.From(fact.Award), fact.Kind, EarmarkSet.Of(fact.Earmarks)),
        [.. fact.Shares.Select(share => new StandingPart(EntryId.From(share.Award), (int)share.PartsPerMillion))], actor, fact.Waits));

    public static void Apply(Books books, StandingInstructionApproved fact) => books.Standing[EntryId.From(fact.Instruction)].State = StandingStage.InForce;

    public static void Apply(Books books, EntryId at, StandingInstructionStopped fact)
    {
        var instruction = books.Standing[EntryId.From(fact.Instruction)];
        books.Standing.Stop(instruction, new StandingStop(at, instruction.Shares[(int)fact.Share].Award, (int)fact.Share, fact.AmountPence, fact.Reason));
    }

    public static void Apply(Books books, StandingInstructionResumed fact) => books.Standing[EntryId.From(fact.Instruction)].State = StandingStage.InForce;

    public static void Apply(Books books, StandingInstructionEnded fact) => books.Standing.End(books.Standing[EntryId.From(fact.Instruction)]);
}
