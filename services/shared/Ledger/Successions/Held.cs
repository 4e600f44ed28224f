namespace FundingFlows.Ledger;

/// <summary>What money is held under at a body: an award, and the lot of its funder that it came from.</summary>
/// <param name="Award">Null: it was issued.</param>
/// <param name="FunderLot">Null where it was issued.</param>
internal readonly record struct Held(EntryId? Award, LotId? FunderLot)
{
    /// <summary>Bodies that succeed one another, each having funded the last.</summary>
    private const int MostSteps = 16;

    /// <summary>
    /// What money is held under here that a predecessor held under something: under what goes on from that here or, where this body, or
    /// one in whose place it stands, had given it, as the lot was that it was given of. Null: the award is not known to go on here yet.
    /// </summary>
    public Held? Here(Books books)
    {
        var held = this;
        for (var step = 0; step < MostSteps && held.Award is { } award; step++)
        {
            var under = books.Awards.ContinuationOf(award) ?? award;
            if (books.Awards.Find(under) is not { } known || (known.Recipient != books.Body && known.Funder != books.Body))
                return null;
            if (known.Recipient == books.Body)
                return held with { Award = under };
            if (held.FunderLot is not { } lot || GivenLot.Of(books, lot) is not { } given)
                return null;
            held = new Held(given.Award, given.FunderLot);
        }
        return held.Award is null ? held : null;
    }

    /// <summary>The award of this body, and the lot, that money of a predecessor had been given under and of. Null: it was given by others.</summary>
    public (EntryId Award, LotId Lot)? GivenHere(Books books) =>
        Award is { } award && FunderLot is { } lot && (books.Awards.ContinuationOf(award) ?? award) is var under && books.Awards.Find(under)?.Funder == books.Body
            ? (under, lot) : null;
}
