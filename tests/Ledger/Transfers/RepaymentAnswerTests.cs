namespace FundingFlows.Ledger.Tests;

/// <summary>How a funder answers money that comes back to it.</summary>
public sealed class RepaymentAnswerTests
{
    internal static readonly AnswerTable<TransferSent> Table = new AnswerTable<TransferSent>(
            stage => Letter.Of(stage.Council, stage.Government, new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 1_000)),
            fact => fact.TransferSent)
        .Row(DeliveryRefusal.Malformed, "a piece that returns to nothing", Piece(piece => piece.ReturningTo = null))
        .Row(DeliveryRefusal.Malformed, "a piece that returns to what cannot be", Piece(piece => piece.ReturningTo.Ordinal = uint.MaxValue))
        .Row(DeliveryRefusal.NeverSent, "a piece that returns to a lot that is not here", Piece(piece => piece.ReturningTo.Index++))
        .Row(DeliveryRefusal.NeverSent, "a piece that comes back as another kind", Piece(piece => piece.Line.Kind = Kind.Capital))
        .Row(DeliveryRefusal.NeverSent, "a piece that comes back for later years", Piece(piece => piece.Line.Years.LastYear = 2040))
        .Row(DeliveryRefusal.NeverSent, "a piece of another origin", Piece(piece => piece.Origin.Source.Reference = "main-estimate-2027-28"))
        .Row(DeliveryRefusal.NeverSent, "a piece of another root", Piece(piece => piece.Origin.Lot.Ordinal++))
        .Row(DeliveryRefusal.NeverSent, "a penny more than was sent", (TransferSent fact) => (fact.AmountPence, fact.Pieces[0].AmountPence) = (8_001, 8_001))
        .Row(DeliveryRefusal.NeverSent, "a penny more than was sent, in pieces", (TransferSent fact) =>
        {
            fact.Pieces.Add(fact.Pieces[0].Clone());
            (fact.AmountPence, fact.Pieces[0].AmountPence, fact.Pieces[1].AmountPence) = (8_001, 8_000, 1);
        })
        .Row(DeliveryRefusal.NeverSent, "a penny more than was sent, in parts", (_, letter) =>
        {
            var second = letter.Facts[0].Clone();
            (letter.Facts[0].TransferSent.AmountPence, second.TransferSent.AmountPence) = (8_001, 8_001);
            (letter.Facts[0].TransferSent.Pieces[0].AmountPence, second.TransferSent.Pieces[0].AmountPence) = (8_000, 1);
            return (letter with { Facts = [letter.Facts[0], second] }).Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "more than was sent and has not come back", (stage, letter) =>
        {
            stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 7_001));
            stage.Federation.Settle();
            letter.Facts[0].TransferSent.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "money that was sent and reversed", (stage, letter) =>
        {
            // £120 more of the same lot goes to the council, which refuses it: of that lot it has £80 as before.
            stage.Federation.Refuses(stage.Council, stage.Government, stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 12_000));
            (letter.Facts[0].TransferSent.AmountPence, letter.Facts[0].TransferSent.Pieces[0].AmountPence) = (8_001, 8_001);
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "a piece of a lot that was sent under another award", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.Award = stage.Federation.Awards(stage.Government, stage.Council, stage.Fund, Write.Promise(2026, Kind.Revenue, 5_000)).ToRef();
            letter.Facts[0].TransferSent.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "a piece of a lot that was issued and never sent", (stage, letter) =>
        {
            var kept = stage.Government.Issues(stage.Fund, 100_000)[1];
            letter.Facts[0].TransferSent.Pieces[0].ReturningTo = kept.Id.ToRef();
            letter.Facts[0].TransferSent.Pieces[0].Origin = kept.Origin.ToOrigin();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "under an award that was not made", (TransferSent fact) => fact.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "under an award to another body", (stage, letter) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Stranger);
            letter.Facts[0].TransferSent.Award = stage.Federation.Awards(
                stage.Government, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 5_000)).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NoAgreement, "a body that is not funded", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.To.Sequence = 1;
            letter.Facts[0].TransferSent.Pieces[0].Lot.Body = stage.Stranger.Id;
            return (letter with { From = stage.Stranger }).Seal();
        })
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (TransferSent fact) => fact.To.Body = "forum-1");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Repayment_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Repayment_ThatCanBeTaken_IsReceived() => Table.MustAcceptTheLawful();

    private static Action<TransferSent> Piece(Action<TransferPiece> alters) => fact => alters(fact.Pieces[0]);
}
