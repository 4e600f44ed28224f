namespace FundingFlows.Ledger.Tests;

/// <summary>Transfers of very many pieces: several facts in a row, one operation.</summary>
public sealed class ManyPiecesTests
{
    private const int Most = Parts.MostParts * Parts.MostPieces;
    private readonly Stage stage = new();

    [Theory]
    [InlineData(256, new[] { 256 })]
    [InlineData(257, new[] { 256, 1 })]
    [InlineData(513, new[] { 256, 256, 1 })]
    [InlineData(Most, new[] { 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256 })]
    public void Transfer_OfManyPieces_IsSentInParts(int pieces, int[] parts)
    {
        var (award, pence) = Pieces.Scatter(stage, pieces);
        var before = stage.Government.Books.Size;

        var transfer = stage.Government.Sends(award, 0, pence);

        var facts = stage.Government.Facts(transfer).Select(fact => fact.TransferSent).ToList();
        Assert.Equal(parts, facts.Select(fact => fact.Pieces.Count));
        Assert.Equal(before + parts.Length, stage.Government.Books.Size);
        Assert.All(facts, fact => Assert.Equal((pence, facts[0].To), (fact.AmountPence, fact.To)));
        var sent = Assert.Single(stage.Government.Books.Transfers.Sent, sent => sent.Id == transfer);
        Assert.Equal((pence, pieces), (sent.AmountPence, sent.Pieces.Count));
        Assert.Equal(parts.Length, stage.Government.Books.Deliveries.Unanswered(stage.Council.Id)[sent.Sequence].Entries);
        Assert.Equal(parts.Length == 1, sent.Pieces.All(piece => piece.SentBy == transfer));
        // Against the promise it counts once.
        Assert.Equal(0, stage.Government.Books.Awards.Find(award)!.Promises[0].LeftPence);
    }

    [Fact]
    public void Transfer_InParts_IsReceivedAndSettledAsOne()
    {
        var (award, pence) = Pieces.Scatter(stage, 600);
        var transfer = stage.Government.Sends(award, 0, pence);
        var sequence = stage.Government.Books.Transfers.Find(transfer)!.Sequence;
        var receipt = stage.Council.Books.Next;
        stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
        stage.Federation.MustHold();

        var received = stage.Council.Books.Transfers.FindReceived(transfer)!;
        Assert.Equal((600, receipt), (received.Lots.Count, received.RecordedBy));
        Assert.Equal(new RecordedAnswer(receipt, 3), stage.Council.Books.Deliveries.Answer("GOV", 1, sequence));
        Assert.Equal(600, received.Lots.Distinct().Count());
        Assert.All(stage.Council.Facts(receipt), fact => Assert.Equal(3, fact.TransferReceived.Delivery.LeafHashes.Count));

        // Carried again it is answered by the same three entries.
        Assert.Equal((receipt, 3), stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence).Before);
        stage.Federation.Answer(stage.Government, stage.Council.Id, sequence);
        Assert.Equal(TransferStage.Settled, stage.Government.Books.Transfers.Find(transfer)!.State);
        Assert.Empty(stage.Government.Books.Deliveries.Awaiting);
        // The sender quotes every part of the receipt.
        var settled = stage.Government.Facts(stage.Government.Books.Next with { Index = stage.Government.Books.Size - 1 })[0].TransferSettled;
        Assert.Equal(receipt.ToRef(), settled.Answer.Entry);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => stage.Council.LeafHash(receipt with { Index = receipt.Index + i })), settled.Answer.LeafHashes.Select(hash => hash.ToByteArray()));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Transfer_InPartsThatIsRefused_IsReversedInParts()
    {
        var (award, pence) = Pieces.Scatter(stage, 600);
        stage.Federation.FillsUp(stage.Council);
        var transfer = stage.Government.Sends(award, 0, pence);
        var reversal = stage.Government.Books.Next;

        stage.Federation.Settle();

        Assert.Equal([256, 256, 88], stage.Government.Facts(reversal).Select(fact => fact.TransferReversed.Lots.Count));
        Assert.Equal(TransferStage.Reversed, stage.Government.Books.Transfers.Find(transfer)!.State);
        // Each penny is back as the child of the lot that it was drawn from, and the promise is whole.
        var drawn = stage.Government.Books.Transfers.Find(transfer)!.Pieces.Select(piece => (LotId?)piece.Lot);
        Assert.Equal(drawn, stage.Government.Books.Lots.All.TakeLast(600).Select(lot => lot.Parent));
        Assert.Equal(600, stage.Government.Books.Awards.Find(award)!.Promises[0].LeftPence);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repayment_OfAsManyPiecesAsThereMayBe_IsReceived()
    {
        var (award, pence) = Pieces.Scatter(stage, Most);
        stage.Federation.Releases(stage.Government, award, 0, pence);

        var transfer = stage.Federation.Repays(stage.Council, award, pence);

        Assert.Equal(Parts.MostParts, stage.Council.Facts(transfer).Count);
        Assert.Equal(TransferStage.Settled, stage.Council.Books.Transfers.Find(transfer)!.State);
        Assert.Equal(Most, stage.Government.Books.Transfers.FindReceived(transfer)!.Lots.Count);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Release_OfOnePieceTooMany_IsRefusedAndOfOneFewerAccepted()
    {
        var (award, pence) = Pieces.Scatter(stage, Most + 1);

        var decision = stage.Government.Decide(stage.Government.Release(award, 0, pence));

        Refused.MustBe(ReleaseFundsRefusal.TooManyPieces, decision);
        Assert.Equal($"{Most + 1}", decision.Refusal!.Details["pieces"]);
        stage.Government.Sends(award, 0, pence - 1);
    }
}
