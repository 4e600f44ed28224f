using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Following a journal: all of it in its order, then each entry as it is made, with a checkpoint whenever there is a new one.</summary>
[Collection(OneTown.Name)]
public sealed class FollowTests(Town town)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Follower_FromAnIndex_GetsEveryEntryOnceInItsOrder(int from)
    {
        using var follow = Follow(Easington, (ulong)from);
        var (before, _) = await TakeAsync(follow, (int)Size() - from);
        await PayAsync();
        var (after, checkpoint) = await TakeAsync(follow, 1);
        List<ByteString> followed = [.. before, .. after];

        var journal = (await Journal.ReadJournalAsync(new ReadJournalRequest { Body = Easington, PageSize = 1_000 })).Page.Entries;
        Assert.Equal(journal.Skip(from).Take(followed.Count), followed);
        Assert.InRange(SizeOf(checkpoint), from + followed.Count, journal.Count);
    }

    [Fact]
    public async Task Follower_FromBeyondTheEnd_GetsTheCheckpointAndThenOnlyWhatItAskedFor()
    {
        await town.QuietAsync();
        var from = Size() + 1;
        using var follow = Follow(Easington, (ulong)from);
        var first = await NextAsync(follow);
        await PayAsync();
        await PayAsync();
        var (entries, _) = await TakeAsync(follow, 1);

        Assert.Empty(first.Entries);
        Assert.NotEqual("", first.Checkpoint);
        Assert.Equal((ulong)from, Entry.Parser.ParseFrom(entries[0]).Index);
    }

    [Fact]
    public async Task Follower_OfWhatABodyLost_GetsTheCheckpointOfWhatComesBack()
    {
        await town.QuietAsync();
        // A payment here takes two entries, with its project.
        var from = Size() + 2;
        using var follow = Follow(Easington, (ulong)from);
        var page = await NextAsync(follow);
        Assert.Equal(from - 2, SizeOf(page.Checkpoint));
        await PayAsync();

        while (SizeOf(page.Checkpoint) < from)
            page = await NextAsync(follow);

        Assert.Empty(page.Entries);
        Assert.Equal(from, SizeOf(page.Checkpoint));
    }

    [Theory]
    [InlineData(2u, 0UL, StatusCode.NotFound, "NOT_HERE")]
    [InlineData(0u, 1UL << 63, StatusCode.InvalidArgument, "MALFORMED")]
    public async Task Follower_OfWhatCannotBe_IsToldSo(uint epoch, ulong from, StatusCode code, string reason)
    {
        using var follow = Follow(Easington, from, epoch);
        var failure = await Failure.OfAsync(() => NextAsync(follow));
        Assert.Equal((code, reason), (failure.Code, failure.Reason));
    }

    [Fact]
    public async Task Follower_ThatHangsUp_LeavesNoErrorBehind()
    {
        var follow = Follow(Easington, 0);
        await NextAsync(follow);
        follow.Dispose();
        await PayAsync();

        Assert.DoesNotContain(town.Federation.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error && line.Line.Contains("FollowJournal", StringComparison.Ordinal));
    }

    private JournalService.JournalServiceClient Journal => new(town.Federation.ToBody(Easington));

    private static long SizeOf(string checkpoint) => long.Parse(checkpoint.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);

    private long Size() => town.Sizes()[Easington];

    private AsyncServerStreamingCall<FollowJournalResponse> Follow(string body, ulong from, uint epoch = 0) =>
        Journal.FollowJournal(new FollowJournalRequest { Body = body, FromIndex = from, Epoch = epoch });

    private Task PayAsync() => town.Officers.PayAsync(Easington, Kind.Capital, 1);

    private static async Task<JournalPage> NextAsync(AsyncServerStreamingCall<FollowJournalResponse> follow) =>
        await follow.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)) ? follow.ResponseStream.Current.Page : new JournalPage();

    /// <summary>At least so many entries, and the newest checkpoint that came with or before them.</summary>
    private static async Task<(List<ByteString> Entries, string Checkpoint)> TakeAsync(AsyncServerStreamingCall<FollowJournalResponse> follow, int count)
    {
        var (entries, checkpoint) = (new List<ByteString>(), "");
        while (entries.Count < count)
        {
            var page = await NextAsync(follow);
            entries.AddRange(page.Entries);
            checkpoint = page.Checkpoint.Length > 0 ? page.Checkpoint : checkpoint;
        }
        return (entries, checkpoint);
    }
}
