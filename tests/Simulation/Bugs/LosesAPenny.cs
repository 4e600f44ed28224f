namespace FundingFlows.Simulation;

/// <summary>A lot that is split loses a penny: what is drawn of it is a penny less than what is sent.</summary>
internal sealed class LosesAPenny : Bug
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
