using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>A new epoch keeps what stands before it under its old names, and counts afresh behind it.</summary>
public sealed class EpochTests
{
    private readonly Stage stage = new();

    private TestBody Government => stage.Government;

    private TestBody Council => stage.Council;

    [Fact]
    public void Entries_BeforeANewEpoch_KeepTheirIdsAndThoseBehindItHaveNewOnes()
    {
        var sent = Government.Sends(stage.CouncilAward, Stage.Capital, 100);
        var begun = Government.Do(BeginEpochRefusalTests.Beginning(Government, 2));

        var after = Government.Sends(stage.CouncilAward, Stage.Capital, 200);

        Assert.Equal((1u, 1u, 2u), (sent.Epoch, begun.Epoch, after.Epoch));
        Assert.Equal([1u, 2u, 2u, 2u], new[] { begun.Index - 1, begun.Index, after.Index, 1_000_000 }.Select(Government.Books.Epochs.At));
        Assert.Equal((2u, Names.Origin("test", "GOV", 2)), (Government.Books.Epoch, Government.Facts(begun)[0].EpochBegun.Origin));
        Assert.Equal(Dump.Of(Government.Books), Dump.Of(Replay.Of(Government)));
    }

    [Fact]
    public void Deliveries_OfKeptEntries_GoOnUnderTheirOldSequencesBesideNewOnes()
    {
        var early = Government.Sends(stage.CouncilAward, Stage.Capital, 100);
        var last = Government.Books.Deliveries.NextSequence(Council.Id) - 1;
        Government.Do(BeginEpochRefusalTests.Beginning(Government, 2));
        Assert.Equal([(1u, last)], TestFederation.OnItsWay(Government, Council.Id));

        var late = Government.Sends(stage.CouncilAward, Stage.Capital, 200);

        Assert.Equal([(1u, last), (2u, 1L)], TestFederation.OnItsWay(Government, Council.Id));
        // Each epoch is counted by itself at the receiver, so that neither waits for the other.
        Assert.NotEmpty(stage.Federation.Deliver(Government, Council.Id, 1).Facts);
        Assert.NotEmpty(stage.Federation.Deliver(Government, Council.Id, last, 1).Facts);
        Assert.NotEmpty(stage.Federation.Answer(Government, Council.Id, last, 1).Facts);
        Assert.Equal((TransferStage.Settled, TransferStage.InTransit), (Government.Books.Transfers.Find(early)!.State, Government.Books.Transfers.Find(late)!.State));
        Refused.MustBe(RecordAnswerRefusal.AlreadyAnswered, stage.Federation.Answer(Government, Council.Id, last, 1));
        stage.Federation.MustHold();
        stage.Federation.Settle();
        Assert.Equal(TransferStage.Settled, Government.Books.Transfers.Find(late)!.State);
        stage.Federation.MustHold();
        Assert.Equal(Dump.Of(Government.Books), Dump.Of(Replay.Of(Government)));
    }

    [Fact]
    public void Delivery_OfAKeptEntry_IsSettledWhateverItIs()
    {
        var agreement = Council.Do(new ProposeAgreement(stage.Stranger.Id, AgreementBasis.Funding));
        Council.Do(BeginEpochRefusalTests.Beginning(Council, 2));
        Council.Do(BeginEpochRefusalTests.Beginning(Council, 3));

        stage.Federation.Settle();

        Assert.Equal((1u, 1u), (agreement.Epoch, Entry.Parser.ParseFrom(Council.Journal[^1]).Fact.DeliverySettled.Epoch));
        Assert.Empty(Council.Books.Deliveries.Awaiting);
        Assert.Equal(Dump.Of(Council.Books), Dump.Of(Replay.Of(Council)));
    }

    [Fact]
    public void Answers_OfABodyInANewEpoch_AreToThoseDeliveriesThatWereNotAnsweredBefore()
    {
        var before = Government.Sends(stage.CouncilAward, Stage.Capital, 100);
        stage.Federation.Settle();
        Council.Do(BeginEpochRefusalTests.Beginning(Council, 2));
        var after = Government.Sends(stage.CouncilAward, Stage.Capital, 200);
        stage.Federation.Settle();

        Assert.Equal((1u, 2u), (Government.Books.Transfers.Find(before)!.Answer!.Value.Epoch, Government.Books.Transfers.Find(after)!.Answer!.Value.Epoch));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Entries_ThatANewEpochDoesNotKeep_AreVoid()
    {
        Council.Do(BeginEpochRefusalTests.Beginning(Council, 3));
        var (epochs, from) = (Council.Books.Epochs, Council.Books.Size - 1);

        Assert.True(epochs.IsVoid(new EntryId(Council.Id, 1, from)));
        Assert.True(epochs.IsVoid(new EntryId(Council.Id, 2, from + 7)));
        Assert.True(epochs.IsVoid(new EntryId(Council.Id, 2, from - 1)));
        Assert.False(epochs.IsVoid(new EntryId(Council.Id, 1, from - 1)));
        Assert.False(epochs.IsVoid(new EntryId(Council.Id, 3, from + 7)));
        Assert.False(epochs.IsVoid(new EntryId(Council.Id, 4, from)));
    }

    [Theory]
    [InlineData(1u, "test/E06000001/1", 32)]
    [InlineData(2u, "test/E06000001/3", 32)]
    [InlineData(2u, "test/GOV/2", 32)]
    [InlineData(2u, "test/E06000001/2", 31)]
    public void Books_OfAJournalThatBeginsNoLaterEpoch_CannotTakeTheEntry(uint epoch, string origin, int rootBytes)
    {
        var begun = new Fact { EpochBegun = new EpochBegun { Epoch = epoch, Origin = origin, KeptRoot = ByteString.CopyFrom(new byte[rootBytes]) } };

        Assert.Throws<InvalidOperationException>(() => Council.Append(begun));
    }

    [Fact]
    public void Keys_RecordedFromAnEntryOnThatIsNotKept_CountNoMore()
    {
        Council.Do(RegisterBodyRefusalTests.Registering("forum-2"));
        Council.Do(new RotateKey("forum-2", Write.Key("a"), 5));
        Council.Do(new RotateKey("forum-2", Write.Key("b"), 9));
        var registrant = Council.Books.Registrations["forum-2"];

        Council.Do(DeclareEpochRefusalTests.Declaring("forum-2", 2, 9) with { SignedBy = Write.Key("a") });

        Assert.Equal([Write.Key("a")], registrant.Keys.Select(key => key.PublicKey));
        Assert.Equal((2u, 1u, 9ul), (registrant.Epoch, registrant.Epochs[0].KeptEpoch, registrant.Epochs[0].KeptSize));
        // The key may be taken again: nobody has it now.
        Council.Do(new RotateKey("forum-2", Write.Key("b"), 12));
        Assert.Equal(2u, registrant.Keys[^1].Epoch);
        // Before the body has begun the second epoch, a third may be declared instead.
        Council.Do(DeclareEpochRefusalTests.Declaring("forum-2", 3, 4, kept: 1));
        Assert.Equal((3u, 1u, 0), (registrant.Epoch, registrant.Epochs[^1].KeptEpoch, registrant.Keys.Count));
        Assert.Equal(Dump.Of(Council.Books), Dump.Of(Replay.Of(Council)));
    }
}
