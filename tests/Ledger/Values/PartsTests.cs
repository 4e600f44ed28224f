namespace FundingFlows.Ledger.Tests;

/// <summary>How a long list of pieces becomes several facts.</summary>
public sealed class PartsTests
{
    [Theory]
    [InlineData(0, new[] { 0 })]
    [InlineData(1, new[] { 1 })]
    [InlineData(256, new[] { 256 })]
    [InlineData(257, new[] { 256, 1 })]
    [InlineData(768, new[] { 256, 256, 256 })]
    public void Cut_OfSmallPieces_GoesByTheirNumber(int pieces, int[] parts)
    {
        var all = Enumerable.Range(1, pieces).Select(i => new Piece { AmountPence = i }).ToList();
        var cut = Parts.Cut(all);

        Assert.Equal(parts, cut.Select(part => part.Count));
        Assert.Equal(all, cut.SelectMany(part => part));
    }

    [Fact]
    public void Cut_OfLargePieces_GoesByTheirBytes()
    {
        // Each takes 1,000 bytes in the part: 986 of text, 2 and 6 of tags and lengths, and 6 that the cut allows for.
        var all = Enumerable.Range(0, 121).Select(_ => new Earmark { Name = new string('x', 991) }).ToList();
        Assert.Equal(994, all[0].CalculateSize());

        Assert.Equal([60, 60, 1], Parts.Cut(all).Select(part => part.Count));
        Assert.All(Parts.Cut(all), part => Assert.InRange(new FundTerms { Earmarks = { part } }.CalculateSize(), 1, Parts.MostBytes));
    }

    [Fact]
    public void Cut_OfAPieceAboveTheMost_LeavesItAlone() =>
        Assert.Equal([1, 1], Parts.Cut([new Earmark { Name = "a" }, new Earmark { Name = new string('x', Parts.MostBytes) }]).Select(part => part.Count));
}
