namespace FundingFlows.Ledger.Tests;

/// <summary>The book of transfers says what was written down of each.</summary>
public sealed class SentTransfersTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Sent_OverARandomHistory_IsWhatWasWrittenDown(int seed)
    {
        var money = new OddMoney(seed);
        for (var step = 0; step < 800; step++)
            money.Step();

        var book = money.Body.Books.Transfers;
        Assert.Equal(money.Sent.Keys.OrderBy(id => id.Index), book.Sent.Select(sent => sent.Id));
        foreach (var (id, (fact, stage, back)) in money.Sent)
        {
            var sent = book.Find(id)!;
            Assert.Equal((id, fact.To.Body, fact.Purpose, EntryId.From(fact.Award), 0, fact.AmountPence), (sent.Id, sent.Receiver, sent.Purpose, sent.Award, sent.Promise, sent.AmountPence));
            Assert.Equal(((long)fact.To.Sequence, stage, stage != TransferStage.InTransit), (sent.Sequence, sent.State, sent.Answer is not null));
            Assert.Equal(back is { } came ? [came] : [], sent.CameBack);
            var (piece, at) = (fact.Pieces[0], Assert.Single(sent.Pieces));
            Assert.Equal(new SentPiece(id, LotId.From(piece.Lot), piece.AmountPence, FundLine.From(piece.Line)), at);
            Assert.Null(book.Find(id with { Index = id.Index + 1_000_000 }));
            Assert.Null(book.Find(id with { Epoch = id.Epoch + 100 }));
        }
        Assert.All(Enum.GetValues<TransferStage>(), stage => Assert.Contains(book.Sent, sent => sent.State == stage));
        Assert.Null(book.Find(new EntryId("GOV", 1, -1)));
        Assert.True(money.Body.Books.Epoch > 1);
    }
}
