namespace FundingFlows.Ledger;

/// <summary>What must be known of a lot that was sent, so that its money can be taken back: of an own one, or of a predecessor's.</summary>
/// <param name="Terms">All terms that bind it, oldest first.</param>
/// <param name="Award">The award that it was held under. Null where it was issued.</param>
/// <param name="FunderLot">The lot of that award's funder that it came from.</param>
public sealed record GivenLot(RootOf Origin, IReadOnlyList<TermsId> Terms, EntryId? Award, LotId? FunderLot)
{
    /// <summary>Null: this body never had such a lot, nor took it over.</summary>
    public static GivenLot? Of(Books books, LotId id) =>
        books.Lots.Find(id) is { } lot ? new GivenLot(lot.Origin, lot.Terms, lot.Award, lot.FunderLot) : books.Transfers.Inherited(id);

    /// <summary>What the lot was held under.</summary>
    internal Held Held => new(Award, FunderLot);

    internal static GivenLot From(GivenPiece piece) => new(
        RootOf.From(piece.Origin), [.. piece.History.Select(TermsId.From), new TermsId(piece.Line.Fund, piece.TermsVersion)],
        piece.Award is null ? null : EntryId.From(piece.Award), piece.FunderLot is null ? null : LotId.From(piece.FunderLot));
}
