namespace FundingFlows.Ledger;

/// <summary>Why money is not surrendered, in the order in which the rules are checked.</summary>
public enum SurrenderMoneyRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The source has no kind or no proper reference.</summary>
    [Refuses(RefusalClass.Malformed)] SourceMalformed,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>There is not enough money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money, but it is of other sources, came under an award, or is set aside.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] KeptForSomethingElse,

    /// <summary>It would take more pieces of lots than one surrender can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// Money goes back to its source and leaves the federation: first what may only go back, then what is free. Only what is held under no
/// award goes so: what this body issued, what it has from a predecessor that issued it, and what another met a claim with of its own.
/// What came down from a funder is repaid to it instead, unless it was closed.
/// </summary>
public sealed record SurrenderMoney(string Fund, SourceId Source, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                SurrenderMoneyRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be surrendered: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!Source.IsWellFormed)
            return Decision.Refuse(SurrenderMoneyRefusal.SourceMalformed, "Money goes back to its source: say of which kind, and what it is called.");
        if (books.Funds.Newest(Fund) is null)
            return Decision.Refuse(SurrenderMoneyRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        var drawing = Drawing.ToGoBack(books, Fund, lot => KeepsBack(books, lot), AmountPence);
        var (parts, notDrawn) = drawing.InParts(books, Fund, null, AmountPence, new DrawingRefusals<SurrenderMoneyRefusal>(
            SurrenderMoneyRefusal.NotEnoughMoney, SurrenderMoneyRefusal.KeptForSomethingElse, SurrenderMoneyRefusal.TooManyPieces, "to be surrendered at once: surrender it"));
        return notDrawn is not null ? Decision.Refuse(notDrawn) : Decision.Accept([.. parts.Select(part => new Fact
        {
            MoneySurrendered = new MoneySurrendered { Fund = Fund, Source = Source.ToSource(), AmountPence = AmountPence, Pieces = { part } },
        })]);
    }

    private RingFence? KeepsBack(Books books, Lot lot) =>
        lot.Award is { } award && !books.HasClosedFunder(lot) ? new RingFence("award", $"award {award}")
        : lot.Origin.Source != Source ? new RingFence("source", $"source {lot.Origin.Source.Reference}")
        : null;
}
