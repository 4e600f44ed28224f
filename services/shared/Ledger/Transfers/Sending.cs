namespace FundingFlows.Ledger;

/// <summary>Writes a transfer as one fact or, of many pieces, as several.</summary>
internal static class Sending
{
    /// <summary>Null when the pieces, and the terms that go with them, do not fit in the most parts that there may be.</summary>
    public static IReadOnlyList<Fact>? Parts(
        Books books, string receiver, IEnumerable<TransferPiece> pieces, Func<TransferSent> head, params IReadOnlyList<FundTerms> terms)
    {
        var to = books.Deliveries.Address(receiver);
        var parts = Ledger.Parts.Cut(pieces, terms.Sum(one => one.CalculateSize() + Ledger.Parts.MostBytesOfATag));
        if (parts.Count > Ledger.Parts.MostParts)
            return null;
        var facts = new Fact[parts.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            var fact = head();
            fact.To = to;
            if (books.Years.Closed is { } closed)
                fact.ClosedYear = closed;
            foreach (var piece in parts[i])
                fact.Pieces.Add(Carried(books, piece));
            facts[i] = new Fact { TransferSent = fact };
        }
        // Pieces alone are cut so that they fit.
        if (terms.Count == 0)
            return facts;
        facts[0].TransferSent.Terms.Add(terms);
        return facts[0].CalculateSize() > Ledger.Parts.MostFactBytes ? null : facts;
    }

    private static TransferPiece Carried(Books books, TransferPiece piece)
    {
        if (books.Lots[LotId.From(piece.Lot)].ClosedThrough is { } closed)
            piece.ClosedThrough = closed;
        return piece;
    }

    /// <summary>The newest year that was closed for good where a piece comes from, there or before. Null: none.</summary>
    public static int? ClosedThrough(TransferSent fact, TransferPiece piece) =>
        fact.HasClosedYear && piece.HasClosedThrough ? Math.Max(fact.ClosedYear, piece.ClosedThrough)
        : fact.HasClosedYear ? fact.ClosedYear
        : piece.HasClosedThrough ? piece.ClosedThrough
        : null;

    /// <summary>The terms that bind lots and that an award does not name, which its funder may not know.</summary>
    public static IReadOnlyList<FundTerms> TermsBeside(Books books, FundingAward award, IEnumerable<Lot> lots) =>
        [.. lots.SelectMany(lot => lot.Terms).Distinct().Where(id => !award.Names([id])).Select(id => books.Funds.Find(id)!)];
}
