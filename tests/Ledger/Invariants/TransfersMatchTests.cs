namespace FundingFlows.Ledger.Tests;

/// <summary>Each transfer sent is received in full, piece by piece, or refused and reversed, or in transit.</summary>
public sealed class TransfersMatchTests
{
    private readonly Stage stage = new();

    [Theory]
    [InlineData(new long[] { 30_000, 20_000 }, "which was 40 and 10")]
    [InlineData(new long[] { 50_000 }, "one lot of two pieces")]
    [InlineData(new long[] { 40_000, 5_000, 5_000 }, "three lots of two pieces")]
    public void Receipt_OfOtherPiecesThanWereSent_IsFound(long[] lots, string why)
    {
        var transfer = TwoPieces(out var pieces);

        stage.Council.Append(Receipt(transfer, [.. lots.Select((pence, i) => LotOf(pieces[Math.Min(i, 1)], pence))]));

        Assert.False(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation).Count == 0, why);
    }

    [Fact]
    public void Receipt_OfANarrowerLineThanWasSent_IsFound()
    {
        var transfer = TwoPieces(out var pieces);
        var lots = pieces.Select(piece => LotOf(piece, piece.AmountPence)).ToArray();
        lots[1].Line.Years.LastYear = 2027;

        stage.Council.Append(Receipt(transfer, lots));

        Assert.Contains("is not the piece of", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_OfTheSamePiecesInAnotherOrder_IsFound()
    {
        var transfer = TwoPieces(out var pieces);

        stage.Council.Append(Receipt(transfer, [LotOf(pieces[1], 10_000), LotOf(pieces[0], 40_000)]));

        Assert.Equal(2, InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation).Count);
    }

    [Fact]
    public void Receipt_OfWhatWasNeverSent_IsFound()
    {
        stage.Council.Append(Receipt(stage.CouncilAward, []));

        Assert.Contains("did not send to it", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_OfMoreThanItsPieces_IsFound()
    {
        var decided = stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Revenue, 900)).Facts[0];
        decided.TransferSent.AmountPence++;

        stage.Government.Append(decided);

        Assert.Contains("do not add up to £9.01", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_RefusedAndCountedAsArrived_IsFound()
    {
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        var refusal = stage.Council.Append(Refusal(transfer));
        Settle(transfer, refusal);

        Assert.Contains("but counted as arrived", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_AnsweredByWhatAnswersNothing_IsFound()
    {
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        Settle(transfer, new EntryId(stage.Council.Id, 1, 3));

        Assert.Contains("neither received nor refused", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_ReceivedAndReversed_IsFound()
    {
        var transfer = TwoPieces(out var pieces);
        stage.Federation.Settle();
        stage.Council.Append(Refusal(transfer));

        Assert.Contains("refused or reversed", Assert.Single(InvariantTests.MustBreak(Invariant.TransfersMatch, stage.Federation)), StringComparison.Ordinal);
        Assert.Equal(2, pieces.Count);
    }

    /// <summary>£500 to the council, from lots of £400 and £100.</summary>
    private EntryId TwoPieces(out IReadOnlyList<TransferPiece> pieces)
    {
        var fund = stage.Government.Opens("two", Write.Share(Kind.Capital, 10_000));
        stage.Government.Issues(fund, 40_000);
        stage.Government.Issues(fund, 20_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Capital, 50_000));
        var transfer = stage.Government.Sends(award, 0, 50_000);
        pieces = stage.Government.PiecesOf(transfer);
        return transfer;
    }

    private static NewLot LotOf(TransferPiece piece, long pence) => new()
    {
        Parent = piece.Lot,
        AmountPence = pence,
        Line = piece.Line.Clone(),
        TermsVersion = piece.TermsVersion,
        Origin = piece.Origin,
    };

    private Fact Receipt(EntryId transfer, params NewLot[] lots) => new()
    {
        TransferReceived = new TransferReceived
        {
            Delivery = Next(transfer),
            Purpose = TransferPurpose.Allocation,
            Award = stage.Council.Books.Awards.All[^1].Id.ToRef(),
            Lots = { lots },
        },
    };

    private Fact Refusal(EntryId transfer) => new() { TransferRefused = new TransferRefused { Delivery = Next(transfer), Reason = DeliveryRefusal.Malformed } };

    private DeliveryRef Next(EntryId entry) =>
        new() { Entry = entry.ToRef(), Sequence = (ulong)stage.Council.Books.Deliveries.ExpectedSequence("GOV", 1), LeafHashes = { Write.Key("leaf") } };

    private void Settle(EntryId transfer, EntryId answer) => stage.Government.Append(new Fact
    {
        TransferSettled = new TransferSettled { Transfer = transfer.ToRef(), Answer = new AnswerRef { Entry = answer.ToRef(), LeafHashes = { Write.Key("leaf") } } },
    });
}
