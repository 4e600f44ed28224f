namespace FundingFlows.Ledger;

/// <summary>What facts about reservations change in the books.</summary>
internal static class ReservationFacts
{
    /// <param name="first">The first entry of the reservation.</param>
    public static void Apply(Books books, EntryId first, Entry entry)
    {
        var fact = entry.Fact.Reserved;
        if (books.Reservations.Find(first) is null)
            books.Reservations.Add(new Reservation(first, fact, entry.RecordedAt));
        books.Holds.Place(first, HoldKind.Reservation, fact.Pieces);
    }

    public static void Apply(Books books, ReservationReleased fact) => Release(books, fact.Reservation, fact.Pieces);

    public static void Apply(Books books, ReservationExpired fact)
    {
        Release(books, fact.Reservation, fact.Pieces);
        books.Reservations[EntryId.From(fact.Reservation)].IsExpired = true;
    }

    private static void Release(Books books, EntryRef reservation, IReadOnlyCollection<Piece> pieces)
    {
        var id = EntryId.From(reservation);
        books.Holds.Release(id, pieces);
        books.Reservations[id].ReleasedPence += pieces.Sum(piece => piece.AmountPence);
    }
}
