namespace FundingFlows.Ledger;

/// <summary>What of some money is held for what, in pence. No penny is in two of the figures; what is in none of them is free.</summary>
/// <param name="ReservedPence">Set aside, or ordered.</param>
/// <param name="LiabilitiesPence">Owed for what was received, until it is paid: also while the payment waits.</param>
/// <param name="WaitingPence">For payments that wait for a second person or for the accountable body, and settle nothing that is owed.</param>
/// <param name="ToReturnPence">It may only go back to where it came from.</param>
/// <param name="ClaimedPence">Claimed back, and not sent yet.</param>
public readonly record struct HeldMoney(long ReservedPence, long LiabilitiesPence, long WaitingPence, long ToReturnPence, long ClaimedPence)
{
    /// <summary>Of lots of one body.</summary>
    public static HeldMoney Of(Books books, IEnumerable<Lot> lots)
    {
        var some = lots.ToHashSet();
        long For(HoldKind kind) => some.Sum(lot => lot.HeldFor(kind));
        var settling = Settling(books).Sum(id => books.Holds[id].Pieces.Where(piece => some.Contains(piece.Key)).Sum(piece => piece.Value));
        return new HeldMoney(
            For(HoldKind.Reservation), For(HoldKind.Liability) + settling, For(HoldKind.Preparation) + For(HoldKind.Instruction) - settling, For(HoldKind.Return), For(HoldKind.Claim));
    }

    /// <summary>The payments that wait, and will settle something that is owed.</summary>
    private static IEnumerable<EntryId> Settling(Books books) =>
    [
        .. books.Preparations.All.Where(one => one.Waits && books.Liabilities.AreSettledBy(one.Payment)).Select(one => one.Id),
        .. books.Instructions.Waiting().Where(one => one.SettlesLiability).Select(one => one.Id),
    ];
}
