using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>What a body signs with a new key is believed once its registering body has recorded the key, and what it signs with the old one no more.</summary>
public sealed class NewKeyTests : IDisposable
{
    private readonly MadeJournal journal = new("durham", Tier.Council, "mhclg");
    private readonly BodyKey second = BodyKey.Generate();
    private readonly JournalReplica replica;
    private readonly long adopted;

    public NewKeyTests()
    {
        journal.Issue(1);
        adopted = journal.Say(new Fact { KeyAdopted = new KeyAdopted { PublicKey = ByteString.CopyFrom(second.PublicKey) } }).Index;
        journal.Issue(2);
        replica = new JournalReplica(journal.Known, MadeJournal.Federation);
    }

    public void Dispose()
    {
        journal.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Checkpoint_WithAKeyThatIsNotRecorded_WaitsUntilItIs()
    {
        Assert.Empty(replica.Take(journal.Page(0, journal.Size, BySecond(journal.Size))));
        Assert.Equal((true, null, 0L), (replica.AwaitsKey, replica.Quarantined, replica.Verified));

        replica.Learn(Recorded(adopted));
        Assert.Equal(journal.Size, replica.Take(new JournalPage { Epoch = 1, FirstIndex = (ulong)replica.Next }).Count);
        Assert.Equal((false, BySecond(journal.Size)), (replica.AwaitsKey, replica.Checkpoint));
        Assert.Equal(second.PublicKey, replica.Key.PublicKey);
    }

    [Fact]
    public void Checkpoint_WithANewKeyAheadOfTheEntries_IsJudgedWhenTheyCome()
    {
        Assert.Empty(replica.Take(journal.Page(0, 1, BySecond(journal.Size))));
        Assert.Equal((false, null), (replica.AwaitsKey, replica.Quarantined));

        replica.Learn(Recorded(adopted));
        Assert.Equal(journal.Size, replica.Take(journal.Page(1, journal.Size - 1, "")).Count);
    }

    [Fact]
    public void Checkpoint_BeforeTheNewKey_IsSignedWithTheOldOne()
    {
        replica.Learn(Recorded(adopted));

        Assert.Equal(adopted, replica.Take(journal.Page(0, (int)adopted, journal.Note(adopted))).Count);
        Assert.Equal(journal.Key.PublicKey, replica.Key.PublicKey);
        Assert.Equal(journal.Size - adopted, replica.Take(journal.Page((int)adopted, 9, BySecond(journal.Size))).Count);
    }

    [Fact]
    public void Checkpoint_WithTheOldKeyBehindTheNewOne_IsNotBelieved()
    {
        replica.Learn(Recorded(adopted));

        Assert.Empty(replica.Take(journal.All()));

        Assert.Equal("The journal of durham is not believed: the checkpoint is not signed with the key of made-federation/durham/1", replica.Quarantined);
    }

    [Fact]
    public void Journal_ThatDoesNotAdoptWhatWasRecorded_IsNotBelievedFromThereOn()
    {
        using var other = new MadeJournal("durham", Tier.Council, "mhclg", BodyKey.FromPem(journal.Key.ToPem()));
        other.Issue(1);
        other.Issue(2);
        other.Issue(3);
        replica.Learn(Recorded(adopted));

        Assert.Empty(replica.Take(other.All()));

        Assert.Equal((true, null, 0L), (replica.AwaitsKey, replica.Quarantined, replica.Verified));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Key_RecordedFromAnotherEntryOn_WaitsUntilThatIsCorrected(int off)
    {
        replica.Learn(Recorded(adopted + off));
        Assert.Empty(replica.Take(journal.Page(0, journal.Size, BySecond(journal.Size))));
        Assert.True(replica.AwaitsKey);

        replica.Learn(Recorded(adopted));
        Assert.Equal(journal.Size, replica.Take(new JournalPage { Epoch = 1, FirstIndex = (ulong)replica.Next }).Count);
    }

    [Fact]
    public void Journal_RestoredFromACopy_KnowsItsKeys()
    {
        foreach (var bytes in journal.Entries)
            replica.Restore(bytes);
        replica.Learn(Recorded(adopted));

        replica.Take(journal.Page(journal.Size, 0, BySecond(journal.Size)));

        Assert.Equal((BySecond(journal.Size), null), (replica.Checkpoint, replica.Quarantined));
    }

    private KnownBody Recorded(long from) => journal.Known with { Later = [new AdoptedKey(from, ByteString.CopyFrom(second.PublicKey))] };

    private string BySecond(int size)
    {
        Assert.True(SignedNote.TryParse(journal.Note(size), out var note));
        return SignedNote.Sign(note.Text, VerifierKey.Of(journal.Verifier.Name, second.PublicKey), second);
    }
}
