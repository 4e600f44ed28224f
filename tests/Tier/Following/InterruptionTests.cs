namespace FundingFlows.Tiers.Tests;

/// <summary>What cannot be followed yet, or for a while, is tried again: soon after something came, and otherwise in growing pauses.</summary>
public sealed class InterruptionTests : ThreeTiers
{
    public InterruptionTests() => Register();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_OfABodyThatIsNotRegisteredYet_IsFollowedOnceItIs(bool byEventsAlone)
    {
        Host.Show(Root, size: 1);
        Host.Show(Council);
        await using var follower = new Follower(Host, Root, All, byEventsAlone, lookAnyway: TimeSpan.FromSeconds(1));
        follower.Follow(Council);
        await Wait.UntilAsync(() => Host.Calls("GetEntry", Council.Body) > 1, "asking again");
        Assert.Null(follower.Follow(Council).Replica);

        Host.Show(Root);

        await follower.AppliedAsync(Council);
    }

    [Fact]
    public async Task Journal_ThatCannotBeReached_IsFollowedOnceItCan()
    {
        await using var follower = new Follower(Host, Root, All);
        var journal = follower.Follow(Root);
        await Wait.UntilAsync(() => Host.Calls("FollowJournal", Root.Body) > 2, "three attempts");
        Assert.Equal(0, journal.Known);

        Show();

        await follower.AppliedAsync(Root);
    }

    [Fact]
    public async Task Stream_ThatBreaksOff_IsTakenUpAgainWithoutGrowingPauses()
    {
        var time = new HurriedTime();
        Host.BreaksOff = true;
        Show();
        await using var follower = new Follower(Host, Root, All, time: time);
        follower.Follow(Root);

        await Wait.UntilAsync(() => Host.Calls("FollowJournal", Root.Body) > 8, "streams");

        Assert.All(time.Set, pause => Assert.Equal(TimeSpan.FromMilliseconds(100), pause));
    }

    [Fact]
    public async Task Pauses_WhileNothingComes_GrowToTwoSeconds()
    {
        var time = new HurriedTime();
        await using var follower = new Follower(Host, Root, All, time: time);
        follower.Follow(Root);

        await Wait.UntilAsync(() => time.Set.Count >= 7, "attempts");

        Assert.Equal([100, 200, 400, 800, 1_600, 2_000, 2_000], time.Set.Take(7).Select(pause => pause.TotalMilliseconds));
    }
}
