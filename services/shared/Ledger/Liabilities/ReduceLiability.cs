namespace FundingFlows.Ledger;

/// <summary>Why a liability is not corrected, in the order in which the rules are checked.</summary>
public enum ReduceLiabilityRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>Nothing says why.</summary>
    [Refuses(RefusalClass.Malformed)] ReasonsMissing,

    /// <summary>This body has no such liability.</summary>
    [Refuses(RefusalClass.Missing)] LiabilityUnknown,

    /// <summary>Less is owed than that.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanOwed,
}

/// <summary>
/// Less is owed than was recorded. What comes free, last drawn first, can be used again; of a year that is closed for good it may
/// only go back where not all of it could have been carried forward.
/// </summary>
public sealed record ReduceLiability(EntryId Liability, DocumentDigest? Reasons, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                ReduceLiabilityRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be taken off: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (Reasons is null)
            return Decision.Refuse(ReduceLiabilityRefusal.ReasonsMissing, "Say why less is owed than was recorded.");
        if (books.Liabilities.Find(Liability) is not { } liability)
            return Decision.Refuse(ReduceLiabilityRefusal.LiabilityUnknown, $"{books.Body} has no liability {Liability}.", ("liability", $"{Liability}"));
        var hold = books.Holds[Liability];
        if (AmountPence > hold.AmountPence)
            return Decision.Refuse(
                ReduceLiabilityRefusal.MoreThanOwed, $"{Pence.InPounds(hold.AmountPence)} is still owed under {Liability}; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{hold.AmountPence}"), ("wanted_pence", $"{AmountPence}"));
        var pieces = hold.LastDrawn(AmountPence).ToLookup(piece => MustReturn(books, piece, liability.For.Year));
        return Decision.Accept([.. Reduced(pieces[false], false), .. Reduced(pieces[true], true)]);
    }

    private static bool MustReturn(Books books, Piece piece, int year)
    {
        var lot = books.Lots.Find(LotId.From(piece.Lot))!;
        return books.Years.MustReturn(lot, books.Funds.TermsOf(lot), year);
    }

    private IEnumerable<Fact> Reduced(IEnumerable<Piece> pieces, bool mustReturn) => Parts.Cut(pieces).Where(part => part.Count > 0).Select(part => new Fact
    {
        LiabilityReduced = new LiabilityReduced { Liability = Liability.ToRef(), Reasons = Reasons, AmountPence = AmountPence, MustReturn = mustReturn, Pieces = { part } },
    });
}
