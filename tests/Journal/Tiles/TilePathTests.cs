using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>Names of tiles as C2SP tlog-tiles writes them.</summary>
public sealed class TilePathTests
{
    [Theory]
    [InlineData("0/000", 0, 0, 256)]
    [InlineData("0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("1/003.p/17", 1, 3, 17)]
    [InlineData("63/000", 63, 0, 256)]
    [InlineData("7/x100/000.p/255", 7, 100_000, 255)]
    [InlineData("entries/999", null, 999, 256)]
    [InlineData("entries/x001/000.p/1", null, 1_000, 1)]
    public void Path_AsItIsWritten_IsReadAndWrittenAgain(string text, int? level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal(new TilePath(level, index, width), path);
        Assert.Equal("tile/" + text, path.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("00/000")]
    [InlineData("+1/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("entry/000")]
    [InlineData("0/0")]
    [InlineData("0/0000")]
    [InlineData("0/x000")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/001")]
    [InlineData("0/x01/001")]
    [InlineData("0/X001/001")]
    [InlineData("0/x001/x001")]
    [InlineData("0/-01")]
    [InlineData("0/٠٠٠")]
    [InlineData("0/000.p")]
    [InlineData("0/000.p/")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p/1/1")]
    [InlineData("0/000.p/1.p/1")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/999")]
    public void Path_WrittenOtherwise_IsNone(string? text) => Assert.False(TilePath.TryParse(text, out _));

    /// <summary>The example of the specification: 70,000 entries.</summary>
    [Theory]
    [InlineData(0, 272, 256)]
    [InlineData(0, 273, 112)]
    [InlineData(0, 274, 0)]
    [InlineData(1, 0, 256)]
    [InlineData(1, 1, 17)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 0)]
    [InlineData(7, 0, 0)]
    public void Tile_OfAJournalOf70000_IsAsWide(int level, long index, int width) =>
        Assert.Equal(width, TilePath.Of(level, index, 70_000)?.Width ?? 0);

    [Fact]
    public void Tile_AnyOfAnyJournal_EndsWithinIt() => Gen.Select(Gen.Int[0, 7], Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((level, index, size) =>
    {
        if (TilePath.Of(level, index, size) is not { } tile)
            return;
        Assert.InRange(tile.EndIndex!.Value, 1, size);
        Assert.True(TilePath.TryParse(tile.ToString()["tile/".Length..], out var read));
        Assert.Equal(tile, read);
    });

    [Theory]
    [InlineData(8, 0)]
    [InlineData(7, 1_000)]
    public void Tile_BeyondEveryJournal_HasNoEnd(int level, long index) => Assert.Null(new TilePath(level, index, 256).EndIndex);
}
