namespace FundingFlows.Tiers.Tests;

/// <summary>Entries are believed as far as a checkpoint covers them, wherever it stands.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly MadeJournal journal = new("mhclg", Tier.CentralGovernment);
    private readonly JournalReplica replica;

    public CheckpointTests()
    {
        for (var i = 1; i < 10; i++)
            journal.Issue(i);
        replica = new JournalReplica(journal.Known, MadeJournal.Federation);
    }

    public void Dispose() => journal.Dispose();

    [Fact]
    public void Checkpoint_BeforeTheEntries_IsBelievedOnceTheyCome()
    {
        Assert.Empty(replica.Take(journal.Page(0, 4, journal.Note(7))));
        Assert.Equal((4, 0, 7, ""), (replica.Next, replica.Verified, replica.SignedSize, replica.Checkpoint));

        Assert.Empty(replica.Take(journal.Page(4, 2, "")));
        var taken = replica.Take(journal.Page(6, 1, ""));

        Assert.Equal(7, taken.Count);
        Assert.Equal((7, journal.Note(7)), (replica.Verified, replica.Checkpoint));
    }

    [Fact]
    public void Checkpoint_OfFewerEntries_CoversThoseOnly()
    {
        Assert.Equal(3, replica.Take(journal.Page(0, 8, journal.Note(3))).Count);
        Assert.Equal((8, 3), (replica.Next, replica.Verified));

        Assert.Equal([3UL, 4UL], replica.Take(journal.Page(8, 0, journal.Note(5))).Select(entry => entry.Entry.Index));
    }

    [Fact]
    public void Checkpoint_OlderThanWhatIsVerified_TakesNothingBack()
    {
        replica.Take(journal.Page(0, 8, journal.Note(8)));

        Assert.Empty(replica.Take(journal.Page(8, 0, journal.Note(2))));

        Assert.Equal((8, journal.Note(8), null), (replica.Verified, replica.Checkpoint, replica.Quarantined));
    }

    [Fact]
    public void Checkpoint_BehindAGap_TellsOfTheEntriesThatAreMissing()
    {
        replica.Take(journal.Page(0, 2, journal.Note(2)));

        replica.Take(journal.Page(5, 3, journal.Note(8)));

        Assert.Equal((2, 2, 8), (replica.Next, replica.Verified, replica.SignedSize));
    }

    [Fact]
    public void Checkpoint_StillFurtherAhead_TakesThePlaceOfTheOther()
    {
        replica.Take(journal.Page(0, 1, journal.Note(5)));
        replica.Take(journal.Page(1, 1, journal.Note(8)));
        replica.Take(journal.Page(2, 1, journal.Note(4)));

        Assert.Equal(8, replica.SignedSize);
        Assert.Empty(replica.Take(journal.Page(3, 4, "")));
        Assert.Equal(8, replica.Take(journal.Page(7, 1, "")).Count);
    }

    [Fact]
    public void Roots_TwoOfOneSizeAhead_AreEvidence()
    {
        replica.Take(journal.Page(0, 2, journal.Note(7)));

        Assert.Empty(replica.Take(journal.Page(2, 2, OtherRoot(7))));

        Assert.Equal("The journal of mhclg is not believed: it signed two roots of 7 entries", replica.Quarantined);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(0)]
    public void Roots_TwoOfOneSizeThatIsVerified_AreEvidence(int size)
    {
        replica.Take(journal.Page(0, 8, journal.Note(8)));

        Assert.Empty(replica.Take(journal.Page(8, 0, OtherRoot(size))));

        Assert.Equal($"The journal of mhclg is not believed: its signed root of {size} entries is not the root of those that it gave", replica.Quarantined);
    }

    /// <summary>Signed with the journal's own key over a root that is not its own.</summary>
    private string OtherRoot(long size) => new Journal.Checkpoint(journal.Verifier.Name, size, new byte[32]).Sign(journal.Verifier, journal.Key);
}
