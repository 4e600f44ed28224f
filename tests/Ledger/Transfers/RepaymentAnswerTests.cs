namespace FundingFlows.Ledger.Tests;

/// <summary>How a funder answers money that comes back to it.</summary>
public sealed class RepaymentAnswerTests
{
    internal static readonly AnswerTable<TransferSent> Table = new AnswerTable<TransferSent>(
            stage => Letter.Of(stage.Council, stage.Government, new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 1_000)),
            fact => fact.TransferSent)
        .Row(DeliveryRefusal.Malformed, "a piece that returns to nothing", Piece(piece => piece.ReturningTo = null))
        .Row(DeliveryRefusal.Malformed, "a piece that returns to what cannot be", Piece(piece => piece.ReturningTo.Ordinal = uint.MaxValue))
        .Row(DeliveryRefusal.Malformed, "a piece that returns to a lot that is not here", Piece(piece => piece.ReturningTo.Index++))
        .Row(DeliveryRefusal.Malformed, "a piece that comes back as another kind", Piece(piece => piece.Line.Kind = Kind.Capital))
        .Row(DeliveryRefusal.Malformed, "a piece that comes back for later years", Piece(piece => piece.Line.Years.LastYear = 2040))
        .Row(DeliveryRefusal.Malformed, "under an award that was not made", (TransferSent fact) => fact.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "under an award to another body", (stage, letter) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Stranger);
            letter.Facts[0].TransferSent.Award = stage.Federation.Awards(
                stage.Government, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 5_000)).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "more than the body can hold", (stage, letter) =>
        {
            stage.Government.Issues(stage.Fund, Pence.Most - 100_000);
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
