using System.Globalization;

namespace FundingFlows.Ledger;

/// <summary>
/// Says why an amount could not be drawn: there is not enough money, or there is enough but it is kept for something else
/// (then naming the ring-fence and the amount).
/// </summary>
/// <param name="IsKeptBack">There would be enough, but for a ring-fence.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Details">For machines.</param>
public sealed record Shortage(bool IsKeptBack, string Sentence, (string Name, string Value)[] Details)
{
    /// <param name="drawing">A drawing that found no pieces.</param>
    /// <param name="books">The books that it was made from.</param>
    /// <param name="fund">The fund that was drawn on.</param>
    /// <param name="amountPence">What was wanted.</param>
    public static Shortage Of(Drawing drawing, Books books, string fund, long amountPence)
    {
        var title = books.Funds.Newest(fund)?.Title ?? fund;
        var wanted = Pence.InPounds(amountPence);
        if (drawing.HeldPence >= amountPence)
        {
            var (fence, kept) = drawing.KeptBack[0];
            return new Shortage(
                true,
                $"{Pence.InPounds(kept)} of {title} is kept for {fence.KeptFor}, so it cannot be used for this. "
                + $"{Pence.InPounds(drawing.UsablePence)} could be used; {wanted} was asked for.",
                [("ring_fence", fence.Name), ("kept_pence", Text(kept)), ("usable_pence", Text(drawing.UsablePence)), ("wanted_pence", Text(amountPence))]);
        }
        var elsewhere = books.Lots.FundsHeld.Where(other => other != fund).Sum(books.Lots.RemainingPence);
        if (elsewhere + drawing.HeldPence >= amountPence)
            return new Shortage(
                true,
                $"{Pence.InPounds(elsewhere)} that is held here is kept for other funds, so it cannot be used for {title}. "
                + $"{Pence.InPounds(drawing.UsablePence)} could be used; {wanted} was asked for.",
                [("ring_fence", "fund"), ("kept_pence", Text(elsewhere)), ("usable_pence", Text(drawing.UsablePence)), ("wanted_pence", Text(amountPence))]);
        return new Shortage(
            false,
            $"There is not enough money: {Pence.InPounds(drawing.UsablePence)} of {title} could be used; {wanted} was asked for.",
            [("usable_pence", Text(drawing.UsablePence)), ("wanted_pence", Text(amountPence))]);
    }

    /// <summary>Why an amount could not be drawn from what was held for it.</summary>
    /// <param name="drawing">A drawing from the hold that found no pieces.</param>
    public static Shortage Of(Drawing drawing, EntryId hold, long amountPence) =>
        drawing.HeldPence >= amountPence
            ? new Shortage(
                true, $"{Pence.InPounds(drawing.KeptBack[0].AmountPence)} of {hold} is kept for {drawing.KeptBack[0].Fence.KeptFor}, so it cannot be used for this.",
                [("ring_fence", drawing.KeptBack[0].Fence.Name), ("usable_pence", Text(drawing.UsablePence)), ("wanted_pence", Text(amountPence))])
            : new Shortage(
                false, $"{Pence.InPounds(drawing.UsablePence)} of {hold} is left; {Pence.InPounds(amountPence)} was asked for.",
                [("usable_pence", Text(drawing.UsablePence)), ("wanted_pence", Text(amountPence))]);

    private static string Text(long pence) => pence.ToString(CultureInfo.InvariantCulture);
}
