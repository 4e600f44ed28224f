namespace FundingFlows.Journal.Tests;

/// <summary>What is computed from tiles is what the tree says.</summary>
public sealed class TileReaderTests
{
    private const int Most = 70_000;
    private static readonly byte[][] Entries = NaiveTree.Entries(Most);
    private static readonly MerkleTree Tree = NaiveTree.Tree(Entries);
    private readonly List<string> asked = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_536)]
    [InlineData(Most)]
    public async Task Proofs_FromTiles_AreThoseOfTheTree(int size)
    {
        var tiles = Tiles(size);

        Assert.Equal(Tree.Root(size), await tiles.RootAsync(size, CancellationToken.None));
        foreach (var index in Places(size))
        {
            Assert.Equal(Tree.Inclusion(index, size), await tiles.InclusionAsync(index, CancellationToken.None));
            Assert.Equal(Tree.Consistency(index + 1, size), await tiles.ConsistencyAsync(index + 1, CancellationToken.None));
            Assert.Equal(Tree.Root(index + 1), await tiles.RootAsync(index + 1, CancellationToken.None));
            Assert.Equal(Entries[index], await tiles.EntryAsync(index, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Proof_OfOneEntry_NeedsAFewTiles()
    {
        await Tiles(Most).InclusionAsync(12_345, CancellationToken.None);

        Assert.Equal(["tile/0/048", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17"], asked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Tile_OfAnotherLength_IsRefused(int more)
    {
        var tiles = new TileReader(300, async (path, cancellation) => more < 0 ? (await FetchAsync(path, 300))[..^1] : [.. await FetchAsync(path, 300), 0]);

        await Assert.ThrowsAsync<InvalidDataException>(() => tiles.InclusionAsync(5, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(() => tiles.EntryAsync(5, CancellationToken.None));
    }

    [Fact]
    public void Bundle_ThatEndsInsideAnEntry_IsNone()
    {
        var bundle = EntryBundle.Of([[1, 2, 3], [], [4]]);

        Assert.Equal([[1, 2, 3], [], [4]], EntryBundle.Read(bundle)!);
        foreach (var cut in new[] { 1, 3, 4, 6, 8, 9 })
            Assert.Null(EntryBundle.Read(bundle.AsSpan(0, cut)));
    }

    private TileReader Tiles(int size) => new(size, (path, _) =>
    {
        asked.Add(path);
        return FetchAsync(path, size);
    });

    private static Task<byte[]> FetchAsync(string path, int size)
    {
        Assert.True(TilePath.TryParse(path["tile/".Length..], out var tile));
        Assert.Equal(TilePath.Of(tile.Level, tile.Index, size), tile);
        var first = (int)tile.Index * TilePath.FullWidth;
        return Task.FromResult(tile.Level is not { } level
            ? EntryBundle.Of(Entries[first..(first + tile.Width)])
            : [.. Enumerable.Range(first, tile.Width).SelectMany(place => Tree.Subtree(level * TilePath.Height, place).ToArray())]);
    }

    private static IEnumerable<int> Places(int size) => new[] { 0, 1, 254, 255, 256, size / 3, size / 2, size - 2, size - 1 }.Where(place => place >= 0 && place < size).Distinct();
}
