using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers.Tests;

/// <summary>What is kept of journals outlives the follower; a store that fails for a while costs nothing but time.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private readonly KeptInMemory archive = new();
    private MadeHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await MadeHost.StartAsync();
        for (var i = 0; i < 120; i++)
            root.Issue(1);
        host.Show(root);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        root.Dispose();
    }

    [Theory]
    [InlineData(false, 4, 0)]
    [InlineData(true, 4, 0)]
    [InlineData(false, 0, 4)]
    [InlineData(true, 0, 4)]
    public async Task Keeping_ThatFailsForAWhile_IsTriedAgainAndLogged(bool byEventsAlone, int before, int after)
    {
        (archive.FailingWrites, archive.FailingLate) = (before, after);
        await using var follower = new Follower(host, root, [root], byEventsAlone, archive: archive);
        var applied = new List<ulong>();
        follower.Journals.Applied += (_, entry) => applied.Add(entry.Entry.Index);

        await follower.AppliedAsync(root);

        Assert.Equal(Enumerable.Range(0, root.Size).Select(i => (ulong)i), applied);
        Assert.Equal(root.Entries, archive.Of(root.Body));
        Assert.Equal(4, follower.Log.Lines.Count(line => line.Level == LogLevel.Error && line.Line.Contains("Following mhclg failed; it is tried again.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Entries_BeforeTheyAreKept_AreNotApplied()
    {
        archive.IsFull = true;
        await using var follower = new Follower(host, root, [root], archive: archive);

        await follower.SeenAsync(root, replica => replica.Verified == root.Size, "all verified");
        await Wait.UntilAsync(() => follower.Log.Lines.Count(line => line.Level == LogLevel.Error) > 3, "failures");
        Assert.Equal(0, follower.Look(root, replica => replica.Books.Size));

        archive.IsFull = false;
        await follower.AppliedAsync(root);
    }

    [Fact]
    public async Task Follower_ThatEnds_WaitsForWhatIsBeingKept()
    {
        var (begun, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        archive.Keeping = () =>
        {
            begun.TrySetResult();
            return slow.Task;
        };
        var follower = new Follower(host, root, [root], archive: archive);
        follower.Follow(root);
        await begun.Task;

        // Whoever ends the follower closes the archive next.
        var ending = follower.DisposeAsync().AsTask();
        Assert.False(ending.IsCompleted);
        Assert.Empty(archive.Of(root.Body));

        slow.SetResult();
        await ending;
        Assert.NotEmpty(archive.Of(root.Body));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Follower_StartedAgain_TakesInWhatWasKeptBeforeItAsks(int failing)
    {
        await using (var first = new Follower(host, root, [root], archive: archive))
            await first.AppliedAsync(root);
        host.Show(root, size: 1);
        archive.FailingReads = failing;
        await using var second = new Follower(host, root, [root], archive: archive);

        await second.AppliedAsync(root);
        Assert.Equal(root.Books.Accounts.Total[Ledger.Account.Issued], second.Look(root, replica => replica.Books.Accounts.Total[Ledger.Account.Issued]));

        root.Issue(1);
        host.Show(root);
        await second.AppliedAsync(root);
        Assert.Equal(root.Entries, archive.Of(root.Body));
    }

    [Fact]
    public async Task Body_ThatTellsAnotherHistoryLater_IsNotBelieved()
    {
        await using (var first = new Follower(host, root, [root], archive: archive))
            await first.AppliedAsync(root);
        using var rewritten = new MadeJournal(root.Body, root.Tier, key: Journal.BodyKey.FromPem(root.Key.ToPem()));
        while (rewritten.Size <= root.Size)
            rewritten.Issue(2);
        host.Show(rewritten);
        await using var second = new Follower(host, root, [root], archive: archive);

        await second.SeenAsync(root, replica => replica.Quarantined is not null, "named");

        Assert.Equal(
            (root.Size, $"The journal of mhclg is not believed: its signed root of {rewritten.Size} entries is not the root of those that it gave"),
            second.Look(root, replica => (replica.Books.Size, replica.Quarantined)));
    }
}
