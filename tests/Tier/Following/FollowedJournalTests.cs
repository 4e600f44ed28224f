namespace FundingFlows.Tiers.Tests;

/// <summary>Journals are followed alike by their streams and, where there is a sidecar, by pages.</summary>
public sealed class FollowedJournalTests : ThreeTiers
{
    public FollowedJournalTests() => Register();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journals_OfManyPages_AreTakenInWhole(bool byEventsAlone)
    {
        Root.Fund(Council, 1_000_00);
        Council.Fund(Forum, 500_00);
        while (Root.Size < 200)
            Root.Issue(1);
        Show();
        await using var follower = new Follower(Host, Root, All, byEventsAlone);

        foreach (var journal in All)
            await follower.AppliedAsync(journal);

        Assert.All(All, journal => Assert.Equal(
            (journal.Books.Accounts.Total[Ledger.Account.Cash], journal.Books.Reports.Submitted.Count, journal.Note(), null),
            follower.Look(journal, replica => (replica.Books.Accounts.Total[Ledger.Account.Cash], replica.Books.Reports.Submitted.Count, replica.Checkpoint, replica.Quarantined))));
        Assert.Equal(byEventsAlone, Host.Calls("ReadJournal", Root.Body) > 0);
        Assert.Equal(!byEventsAlone, Host.Calls("FollowJournal", Root.Body) > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_ThatCannotBeBelieved_IsSaidOnceAndTheOthersGoOn(bool byEventsAlone)
    {
        Show();
        await using var follower = new Follower(Host, Root, All, byEventsAlone);
        foreach (var journal in All)
            await follower.AppliedAsync(journal);

        Council.Append([0xff, 0xff]);
        Root.Issue(1);
        Forum.Issue(1);
        Show();
        Array.ForEach(All, journal => follower.Journals.Hear(News.Of(journal.Body, "")));

        await follower.SeenAsync(Council, replica => replica.Quarantined == "The journal of durham is not believed: entry 2 cannot be read", "named");
        await follower.AppliedAsync(Root);
        await follower.AppliedAsync(Forum);
        await follower.AppliedAsync(Council, 2);
        await Wait.UntilAsync(() => follower.Log.Lines.Any(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical), "the log");
        Assert.Single(follower.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical && line.Line.Contains("durham is quarantined", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_ThatWithholdsWhatItSigned_IsKnownToBeLonger(bool byEventsAlone)
    {
        Root.Issue(1);
        Host.Show(Root, size: 2, note: Root.Note(2));
        await using var follower = new Follower(Host, Root, All, byEventsAlone);
        await follower.AppliedAsync(Root, 2);
        Assert.Equal(2, follower.Follow(Root).Known);

        Host.Show(Root, size: 2, note: Root.Note());
        follower.Journals.Hear(News.Of(Root.Body, ""));

        await Wait.UntilAsync(() => follower.Follow(Root).Known == Root.Size, "what it signed");
        Assert.Equal((2, null), follower.Look(Root, replica => (replica.Books.Size, replica.Quarantined)));
        Show();
        follower.Journals.Hear(News.Of(Root.Body, ""));
        await follower.AppliedAsync(Root);
    }
}
