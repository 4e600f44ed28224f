namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers money that comes in pieces which cannot be held, or in parts which do not fit together.</summary>
public sealed class PieceAnswerTests
{
    internal static readonly AnswerTable<TransferSent> Table = new AnswerTable<TransferSent>(
            stage => Letter.Of(stage.Government, stage.Council, stage.Government.Release(stage.CouncilAward, Stage.Revenue, 1_000)), fact => fact.TransferSent)
        .Row(DeliveryRefusal.Malformed, "no pieces", (TransferSent fact) => fact.Pieces.Clear())
        .Row(DeliveryRefusal.Malformed, "more pieces than a fact holds", (TransferSent fact) => Split(fact, Parts.MostPieces + 1))
        .Row(DeliveryRefusal.Malformed, "pieces of less than the whole", (TransferSent fact) => fact.Pieces[0].AmountPence--)
        .Row(DeliveryRefusal.Malformed, "a piece of nothing", (TransferSent fact) => fact.Pieces.Add(With(fact, piece => piece.AmountPence = 0)))
        .Row(DeliveryRefusal.Malformed, "a piece that takes away what another adds", (TransferSent fact) =>
        {
            fact.Pieces.Add(With(fact, piece => piece.AmountPence = -500));
            fact.Pieces[0].AmountPence += 500;
        })
        .Row(DeliveryRefusal.Malformed, "a piece of no lot", Piece(piece => piece.Lot = null))
        .Row(DeliveryRefusal.Malformed, "a piece of another body's lot", Piece(piece => piece.Lot.Body = "forum-1"))
        .Row(DeliveryRefusal.Malformed, "a lot that no entry can make", Piece(piece => piece.Lot.Ordinal = uint.MaxValue))
        .Row(DeliveryRefusal.Malformed, "a lot that no journal can hold", Piece(piece => piece.Lot.Index = ulong.MaxValue))
        .Row(DeliveryRefusal.Malformed, "a lot of no epoch", Piece(piece => piece.Lot.Epoch = 0))
        .Row(DeliveryRefusal.Malformed, "no origin", Piece(piece => piece.Origin = null))
        .Row(DeliveryRefusal.Malformed, "an origin without a source", Piece(piece => piece.Origin.Source = null))
        .Row(DeliveryRefusal.Malformed, "an origin without a lot", Piece(piece => piece.Origin.Lot = null))
        .Row(DeliveryRefusal.Malformed, "an origin in a lot that cannot be", Piece(piece => piece.Origin.Lot.Index = ulong.MaxValue))
        .Row(DeliveryRefusal.Malformed, "a source in words", Piece(piece => piece.Origin.Source.Reference = "A gift of Ann Example"))
        .Row(DeliveryRefusal.Malformed, "an origin without a fund", Piece(piece => piece.Origin.Fund = ""))
        .Row(DeliveryRefusal.Malformed, "no line", Piece(piece => piece.Line = null))
        .Row(DeliveryRefusal.Malformed, "a line without years", Piece(piece => piece.Line.Years = null))
        .Row(DeliveryRefusal.Malformed, "a line of no kind", Piece(piece => piece.Line.Kind = Kind.Unspecified))
        .Row(DeliveryRefusal.Malformed, "years that end before they begin", Piece(piece => piece.Line.Years.LastYear = 2025))
        .Row(DeliveryRefusal.Malformed, "an earmark in words", Piece(piece => piece.Line.Earmarks.Add("For Ann Example")))
        .Row(DeliveryRefusal.Malformed, "more earmarks than a line has", Piece(piece => piece.Line.Earmarks.AddRange(["a", "b", "c", "d", "e"])))
        .Row(DeliveryRefusal.Malformed, "a wider kind than was promised", Piece(piece => piece.Line.Kind = Kind.Either))
        .Row(DeliveryRefusal.Malformed, "a later year than the fund's last", Piece(piece => piece.Line.Years.LastYear = 2029))
        .Row(DeliveryRefusal.Malformed, "another fund than was promised", Piece(piece => piece.Line.Fund = "GOV.parks"))
        .Row(DeliveryRefusal.Malformed, "terms that never came", Piece(piece => piece.TermsVersion = 2))
        .Row(DeliveryRefusal.Malformed, "parts of two amounts", Part(part => part.AmountPence++))
        .Row(DeliveryRefusal.Malformed, "parts of two purposes", Part(part => part.Purpose = TransferPurpose.Repayment))
        .Row(DeliveryRefusal.Malformed, "parts under two awards", Part(part => part.Award.Index++))
        .Row(DeliveryRefusal.Malformed, "parts under two promises", Part(part => part.Promise++))
        .Row(DeliveryRefusal.Malformed, "parts for two bodies", Part(part => part.To.Body = "forum-1"))
        .Row(DeliveryRefusal.Malformed, "an empty part", Part(part => part.Pieces.Clear()))
        .Row(DeliveryRefusal.Malformed, "parts that make more than the whole", Part(_ => { }))
        .Row(DeliveryRefusal.Malformed, "parts in the wrong order", (_, letter) => Halves(letter, Array.Reverse))
        .Row(DeliveryRefusal.Malformed, "parts that are not next to one another", (_, letter) => Halves(letter, entries => entries[1].Index++))
        .Row(DeliveryRefusal.Malformed, "parts of more than there are", (_, letter) => Halves(letter, entries => entries[1].Parts++))
        .Row(DeliveryRefusal.Malformed, "a part that is something else", (_, letter) => Halves(letter, entries => entries[1].Fact = new Fact { FundOpened = new FundOpened() }))
        .Row(DeliveryRefusal.Malformed, "a part that is nothing", (_, letter) => Halves(letter, entries => entries[1].Fact = null));

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Transfer_OfPiecesThatCannotBeHeld_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Transfer_InTwoPartsThatFit_IsReceived()
    {
        var stage = new Stage();
        var letter = Letter.Of(stage.Government, stage.Council, stage.Government.Release(stage.CouncilAward, Stage.Revenue, 1_000));

        var decision = stage.Council.Run(new ReceiveDelivery(Halves(letter, _ => { })));

        Assert.Equal([400L, 600L], Assert.Single(decision.Facts).TransferReceived.Lots.Select(lot => lot.AmountPence));
    }

    private static Action<TransferSent> Piece(Action<TransferPiece> alters) => fact => alters(fact.Pieces[0]);

    private static TransferPiece With(TransferSent fact, Action<TransferPiece> alters)
    {
        var piece = fact.Pieces[0].Clone();
        alters(piece);
        return piece;
    }

    /// <summary>A second part like the first, altered.</summary>
    private static Func<Stage, Letter, Delivery> Part(Action<TransferSent> alters) => (_, letter) =>
    {
        var second = letter.Facts[0].Clone();
        alters(second.TransferSent);
        return (letter with { Facts = [letter.Facts[0], second] }).Seal();
    };

    private static void Split(TransferSent fact, int pieces)
    {
        fact.Pieces[0].AmountPence -= pieces - 1;
        for (var i = 1; i < pieces; i++)
            fact.Pieces.Add(With(fact, piece => piece.AmountPence = 1));
    }

    /// <summary>The transfer in two parts, of £4 and £6, with its entries altered.</summary>
    private static Delivery Halves(Letter letter, Action<Entry[]> alters)
    {
        var second = letter.Facts[0].Clone();
        letter.Facts[0].TransferSent.Pieces[0].AmountPence = 400;
        second.TransferSent.Pieces[0].AmountPence = 600;
        var whole = (letter with { Facts = [letter.Facts[0], second] }).Seal();
        Entry[] entries = [.. whole.Entries.Select(entry => entry.Entry)];
        alters(entries);
        return whole with { Entries = [.. entries.Select(Answers.Carried)] };
    }
}
