using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A journal by page and by entry: its exact bytes, and nothing beyond its end.</summary>
[Collection(OneTown.Name)]
public sealed class ReadingJournalsTests(Town town)
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 1)]
    [InlineData(1_000, 1)]
    public async Task Journal_ReadByPages_IsTheEntriesInTheirOrder(int size, uint epoch)
    {
        var journal = Journal(Durham);
        var total = (await journal.ReadJournalAsync(new ReadJournalRequest { Body = Durham })).Size;
        var read = new List<ByteString>();
        while ((ulong)read.Count < total)
        {
            var reply = await journal.ReadJournalAsync(new ReadJournalRequest { Body = Durham, Epoch = epoch, FromIndex = (ulong)read.Count, PageSize = size });
            Assert.Equal((1u, (ulong)read.Count, total), (reply.Page.Epoch, reply.Page.FirstIndex, reply.Size));
            Assert.InRange(reply.Page.Entries.Count, 1, size == 0 ? 200 : size);
            read.AddRange(reply.Page.Entries);
        }

        Assert.Equal((ulong)read.Count, total);
        Assert.Equal(Enumerable.Range(0, read.Count).Select(i => (ulong)i), read.Select(bytes => Entry.Parser.ParseFrom(bytes).Index));
    }

    [Fact]
    public async Task Entry_ByItsIndex_HasItsExactBytesAndLeafHash()
    {
        var page = (await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Durham, PageSize = 1_000 })).Page;
        for (var i = 0; i < page.Entries.Count; i++)
        {
            var entry = await Journal(Durham).GetEntryAsync(new GetEntryRequest { Body = Durham, Epoch = 1, Index = (ulong)i });
            Assert.Equal(page.Entries[i], entry.Encoded);
            Assert.Equal(page.Entries[i], entry.Entry.ToByteString());
            Assert.Equal(HandMade.Leaf(entry.Encoded.ToByteArray()), entry.LeafHash);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Page_BeyondTheEnd_IsEmptyAndSaysHowLongTheJournalIs(ulong beyond)
    {
        var size = (await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Durham })).Size;
        var reply = await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Durham, FromIndex = size + beyond });

        Assert.Empty(reply.Page.Entries);
        Assert.Equal((size, size + beyond), (reply.Size, reply.Page.FirstIndex));
        Assert.NotEqual("", reply.Page.Checkpoint);
    }

    [Theory]
    [InlineData(99_999)]
    [InlineData(ulong.MaxValue)]
    public async Task Entry_BeyondTheEnd_IsNotFound(ulong index)
    {
        var failure = await Failure.OfAsync(async () => await Journal(Durham).GetEntryAsync(new GetEntryRequest { Body = Durham, Index = index }));
        Assert.Equal((StatusCode.NotFound, "NOT_HERE", $"The journal of {Durham} has no entry {index} (yet)."), (failure.Code, failure.Reason, failure.Sentence));
    }

    [Fact]
    public async Task Epoch_ThatNeverWas_IsNotFound()
    {
        var read = await Failure.OfAsync(async () => await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Durham, Epoch = 2 }));
        var entry = await Failure.OfAsync(async () => await Journal(Durham).GetEntryAsync(new GetEntryRequest { Body = Durham, Epoch = 2 }));

        Assert.All([read, entry], failure => Assert.Equal((StatusCode.NotFound, "NOT_HERE", $"{Durham} has no epoch 2."), (failure.Code, failure.Reason, failure.Sentence)));
    }

    [Theory]
    [InlineData(1_001, 0, "page_size")]
    [InlineData(-1, 0, "page_size")]
    [InlineData(0, 1UL << 63, "from_index")]
    [InlineData(int.MaxValue, ulong.MaxValue, "page_size", "from_index")]
    public async Task Page_ThatIsTooLarge_IsRefusedAndNotCut(int size, ulong from, params string[] fields)
    {
        var failure = await Failure.OfAsync(async () => await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Durham, PageSize = size, FromIndex = from }));
        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Equal(fields, failure.Fields);
    }

    [Fact]
    public async Task Journal_OfABodyElsewhere_IsNotFound() =>
        Assert.Equal(StatusCode.NotFound, (await Failure.OfAsync(async () => await Journal(Durham).ReadJournalAsync(new ReadJournalRequest { Body = Easington }))).Code);

    private JournalService.JournalServiceClient Journal(string body) => new(town.Federation.ToBody(body));
}
