namespace FundingFlows.Ledger;

/// <summary>Writes a transfer as one fact or, of many pieces, as several.</summary>
internal static class Sending
{
    /// <summary>Null when the pieces do not fit in the most parts that there may be.</summary>
    public static IReadOnlyList<Fact>? Parts(Books books, string receiver, IEnumerable<TransferPiece> pieces, Func<TransferSent> head)
    {
        var to = books.Deliveries.Address(receiver);
        var parts = Ledger.Parts.Cut(pieces);
        return parts.Count > Ledger.Parts.MostParts ? null : [.. parts.Select(part =>
        {
            var fact = head();
            fact.To = to;
            fact.Pieces.AddRange(part);
            return new Fact { TransferSent = fact };
        })];
    }
}
