namespace FundingFlows.Simulation;

/// <summary>The sender draws a penny less of its lots than it says that it sends.</summary>
internal sealed class DrawsAPennyLess : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.TransfersMatch, Check.LinesBalance];

    public override ICommand Command(ICommand command) => command is ReleaseFunds ? new Careless(command) : command;

    private sealed record Careless(ICommand Right) : ICommand
    {
        public Decision Decide(Books books, Surroundings around)
        {
            var decision = Right.Decide(books, around);
            foreach (var piece in decision.Facts.Where(fact => fact.TransferSent is not null).SelectMany(fact => fact.TransferSent.Pieces).Where(piece => piece.AmountPence > 1).Take(1))
                piece.AmountPence--;
            return decision;
        }
    }
}
