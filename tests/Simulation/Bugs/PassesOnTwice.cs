namespace FundingFlows.Simulation;

/// <summary>A standing instruction passes the same share on again: in place of what a person releases.</summary>
internal sealed class PassesOnTwice : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.SharesOnce];

    public override ICommand Command(ICommand command) => command is ReleaseFunds ? new Careless(command) : command;

    private sealed record Careless(ICommand Right) : ICommand
    {
        public Decision Decide(Books books, Surroundings around) => Again(books, around) ?? Right.Decide(books, around);

        private static Decision? Again(Books books, Surroundings around)
        {
            if (books.Standing.All.LastOrDefault(one => one.State == StandingStage.InForce) is not { } instruction
                || books.Transfers.Received.LastOrDefault(one => one.Award == instruction.Line.Award) is not { } receipt)
                return null;
            var share = instruction.Split(receipt.Lots.Sum(lot => books.Lots.Find(lot)!.AmountPence))[0];
            var decision = new ReleaseFunds(instruction.Shares[0].Award, 2026, instruction.Line.Kind, instruction.Line.Earmarks, share).Decide(books, around);
            foreach (var sent in decision.Facts.Select(fact => fact.TransferSent).OfType<TransferSent>())
                sent.PassedOn = new PassedOn { Instruction = instruction.Id.ToRef(), Receipt = receipt.RecordedBy.ToRef() };
            return decision.Refusal is null ? decision : null;
        }
    }
}
