namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.LotsInBounds"/>.</summary>
internal static class LotsInBounds
{
    private static readonly HoldKind[] Kinds = Enum.GetValues<HoldKind>();

    public static InvariantResult Check(Federation federation)
    {
        var findings = new Findings();
        foreach (var lot in federation.All.SelectMany(books => books.Lots.All))
        {
            findings.Examine(lot.RemainingPence >= 0 && lot.RemainingPence <= lot.AmountPence, () =>
                $"Lot {lot.Id} of {Pence.InPounds(lot.AmountPence)} has {Pence.InPounds(lot.RemainingPence)} left.");
            if (lot.IsEverHeld)
                findings.Examine(Kinds.All(kind => lot.HeldFor(kind) >= 0) && lot.HeldPence <= lot.RemainingPence, () =>
                    $"Of lot {lot.Id} {Pence.InPounds(lot.HeldPence)} is held, and {Pence.InPounds(lot.RemainingPence)} is left.");
        }
        return findings.For(Invariant.LotsInBounds);
    }
}
