using System.Net;
using System.Net.Http.Headers;
using FundingFlows.Journal;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A journal in tiles: from them alone the signed root is reached, and every entry and proof.</summary>
[Collection(OneTown.Name)]
public sealed class ServedTilesTests(Town town) : IDisposable
{
    private static readonly string Prefix = $"/journals/{Durham}/1";
    private readonly HttpClient client = new() { BaseAddress = town.Federation.HttpOf(town.Federation.Topology.Body(Durham).Instance) };

    [Fact]
    public async Task Tiles_OfAJournal_LeadToTheRootThatItsBodySigned()
    {
        await town.QuietAsync();
        var lines = (await client.GetStringAsync($"{Prefix}/checkpoint")).Split('\n');
        var size = long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture);
        var root = Convert.FromBase64String(lines[2]);
        var tiles = new TileReader(size, (path, cancellation) => client.GetByteArrayAsync($"{Prefix}/{path}", cancellation));

        Assert.Equal(root, await tiles.RootAsync(size, CancellationToken.None));
        for (var index = 0L; index < size; index++)
        {
            var entry = await tiles.EntryAsync(index, CancellationToken.None);
            Assert.Equal((ulong)index, Entry.Parser.ParseFrom(entry).Index);
            var inclusion = await tiles.InclusionAsync(index, CancellationToken.None);
            Assert.True(InclusionProofs.Holds(HandMade.Leaf(entry), index, size, inclusion, root));
            var (consistency, older) = (await tiles.ConsistencyAsync(index + 1, CancellationToken.None), await tiles.RootAsync(index + 1, CancellationToken.None));
            Assert.True(ConsistencyProofs.Hold(index + 1, size, consistency, older, root));
        }
    }

    [Theory]
    [InlineData("tile/0/000.p/2")]
    [InlineData("tile/entries/000.p/2")]
    public async Task Tile_OnceItIsThere_NeverChanges(string tile)
    {
        using var reply = await client.GetAsync($"{Prefix}/{tile}");

        Assert.Equal((HttpStatusCode.OK, "application/octet-stream"), (reply.StatusCode, $"{reply.Content.Headers.ContentType}"));
        Assert.Equal("public, max-age=31536000, immutable", $"{reply.Headers.CacheControl}");
        Assert.NotEmpty(await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Entries_AskedForPacked_ComePacked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Prefix}/tile/entries/000.p/2");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var reply = await client.SendAsync(request);
        await using var packed = new System.IO.Compression.GZipStream(await reply.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var entries = new MemoryStream();
        await packed.CopyToAsync(entries);

        Assert.Equal(["gzip"], reply.Content.Headers.ContentEncoding);
        Assert.Equal(await client.GetByteArrayAsync($"{Prefix}/tile/entries/000.p/2"), entries.ToArray());
    }

    [Theory]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/names/000")]
    [InlineData("tile/entries")]
    public async Task Tile_ThatIsNone_IsAProblem(string tile) => await IsMissingAsync($"{Prefix}/{tile}", "is no tile of a journal");

    [Theory]
    [InlineData("tile/0/999")]
    [InlineData("tile/entries/x100/000")]
    [InlineData("tile/7/000")]
    [InlineData("tile/63/000.p/1")]
    public async Task Tile_OfMoreThanThereIs_IsAProblem(string tile) => await IsMissingAsync($"{Prefix}/{tile}", "(yet)");

    [Fact]
    public async Task Tile_OfAJournalThatIsNotHere_IsAProblem()
    {
        await IsMissingAsync($"/journals/{Durham}/2/tile/0/000.p/1", "in epoch 2 here");
        await IsMissingAsync($"/journals/{Easington}/1/tile/0/000.p/1", $"no journal of {Easington}");
    }

    public void Dispose() => client.Dispose();

    private async Task IsMissingAsync(string path, string why)
    {
        using var reply = await client.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        Assert.Contains(why, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
