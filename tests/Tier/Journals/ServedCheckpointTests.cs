using System.Net;
using FundingFlows.Journal;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Checkpoints, by rpc and where tiles are looked for, and what they prove.</summary>
[Collection(OneTown.Name)]
public sealed class ServedCheckpointTests(Town town) : IDisposable
{
    private readonly Rest rest = new(town, Durham);

    [Fact]
    public async Task Checkpoint_OfAJournal_IsSignedByItsBodyOverAllThatStandsInIt()
    {
        await town.QuietAsync();
        var entries = await EntriesAsync();
        var genesis = Entry.Parser.ParseFrom(entries[0]).Fact.Genesis;
        var (size, root) = HandMade.Open((await Journal.GetCheckpointAsync(new GetCheckpointRequest { Body = Durham })).Checkpoint, genesis.Origin, genesis.PublicKey.ToByteArray());

        Assert.Equal(entries.Length, size);
        Assert.Equal(HandMade.Root(entries), root);
        entries[^1][^1] ^= 1;
        Assert.NotEqual(HandMade.Root(entries), root);
    }

    [Fact]
    public async Task Inclusion_OfEveryEntry_IsProvedByAPathThatWasMadeByHand()
    {
        var entries = await EntriesAsync();
        var root = HandMade.Root(entries);
        for (var i = 0; i < entries.Length; i++)
        {
            var path = HandMade.Path(i, entries);
            Assert.True(InclusionProofs.Holds(HandMade.Leaf(entries[i]), i, entries.Length, path, root));
            Assert.False(InclusionProofs.Holds(HandMade.Leaf(entries[(i + 1) % entries.Length]), i, entries.Length, path, root));
        }
    }

    [Fact]
    public async Task Checkpoint_WhereTilesAreLookedFor_IsTheSameNoteAsPlainText_ToWhichWitnessesMayHaveAdded()
    {
        await town.QuietAsync();
        var reply = await rest.GetAsync($"/journals/{Durham}/1/checkpoint");

        Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8", "max-age=1"), (reply.Status, reply.ContentType, reply.CacheControl));
        Assert.StartsWith((await Journal.GetCheckpointAsync(new GetCheckpointRequest { Body = Durham })).Checkpoint, reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Durham}/2", $"There is no journal of {Durham} in epoch 2 here.")]
    [InlineData($"{Durham}/01", $"There is no journal of {Durham} in epoch 01 here.")]
    [InlineData($"{Durham}/0", $"There is no journal of {Durham} in epoch 0 here.")]
    [InlineData($"{Easington}/1", $"There is no journal of {Easington} in epoch 1 here.")]
    public async Task Checkpoint_OfAJournalThatIsNotHere_IsAProblem(string journal, string sentence)
    {
        var reply = await rest.GetAsync($"/journals/{journal}/checkpoint");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (reply.Status, reply.ContentType.Split(';')[0]));
        Assert.Equal(sentence, $"{reply.Json["detail"]}");
    }

    public void Dispose() => rest.Dispose();

    private JournalService.JournalServiceClient Journal => new(town.Federation.ToBody(Durham));

    private async Task<byte[][]> EntriesAsync() =>
        [.. (await Journal.ReadJournalAsync(new ReadJournalRequest { Body = Durham, PageSize = 1_000 })).Page.Entries.Select(entry => entry.ToByteArray())];
}
