using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>A journal is that of the registered body only when its first entry says so.</summary>
public sealed class GenesisTests
{
    private static readonly Dictionary<string, Action<Genesis>> Others = new()
    {
        ["federation"] = genesis => genesis.Federation = "another-federation",
        ["body"] = genesis => genesis.Body = "newcastle",
        ["epoch"] = genesis => genesis.Epoch = 2,
        ["origin"] = genesis => genesis.Origin = "made-federation/durham/2",
        ["key"] = genesis => genesis.PublicKey = ByteString.CopyFrom(new byte[32]),
        ["tier"] = genesis => genesis.Tier = Tier.CombinedAuthority,
    };

    public static TheoryData<string> Names => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Genesis_OtherThanRegistered_IsNotBelieved(string what)
    {
        using var journal = new MadeJournal("durham", Tier.Council, "mhclg", genesis: Others[what]);
        var replica = new JournalReplica(journal.Known, MadeJournal.Federation);

        Assert.Empty(replica.Take(journal.All()));

        Assert.Equal("The journal of durham is not believed: its genesis is not that of the registered body", replica.Quarantined);
    }

    [Fact]
    public void Genesis_ThatNamesAnotherRegistrarThanTheOneThatVouched_IsNotBelieved()
    {
        using var journal = new MadeJournal("durham", Tier.Council, "mhclg");
        var replica = new JournalReplica(journal.Known with { RegisteredBy = "north" }, MadeJournal.Federation);

        Assert.Empty(replica.Take(journal.All()));

        Assert.Equal("The journal of durham is not believed: its genesis is not that of the registered body", replica.Quarantined);
    }

    [Fact]
    public void Genesis_OfANewerForm_IsSaidToBeNewer()
    {
        using var journal = new MadeJournal("durham", Tier.Council, "mhclg", genesis: genesis => genesis.FormatVersion = 2);
        var replica = new JournalReplica(journal.Known, MadeJournal.Federation);

        Assert.Empty(replica.Take(journal.All()));

        Assert.Equal("The journal of durham is not believed: it is written in a newer form (2) than is known here (1)", replica.Quarantined);
    }

    [Fact]
    public void Genesis_AsRegistered_IsBelieved()
    {
        using var journal = new MadeJournal("durham", Tier.Council, "mhclg");
        var replica = new JournalReplica(journal.Known with { RegisteredBy = "mhclg" }, MadeJournal.Federation);

        replica.Apply(Assert.Single(replica.Take(journal.All())).Entry);

        Assert.Equal(("durham", Tier.Council, null), (replica.Books.Body, replica.Books.Tier, replica.Quarantined));
    }

    [Fact]
    public void Name_OfTheBody_IsAsRegisteredAndNotAsItSays()
    {
        using var journal = new MadeJournal("durham", Tier.Council, "mhclg", genesis: genesis => genesis.OfficialName = "The Kingdom of Durham");
        var replica = new JournalReplica(journal.Known, MadeJournal.Federation);

        replica.Apply(Assert.Single(replica.Take(journal.All())).Entry);

        Assert.Equal("Body durham", replica.OfficialName);
    }
}
