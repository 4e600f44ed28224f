namespace FundingFlows.Ledger.Tests;

/// <summary>Books are what the journal says, and nothing else.</summary>
public sealed class BooksTests
{
    [Fact]
    public void Books_BeforeGenesis_AreEmpty()
    {
        var books = new Books();

        Assert.Equal(("", "", 0u, Tier.Unspecified, 0L), (books.Body, books.Federation, books.Epoch, books.Tier, books.Size));
        Assert.Null(books.Genesis);
        Assert.Null(books.NewestEntryAt);
    }

    [Fact]
    public void Books_AfterGenesis_AreThoseOfTheBody()
    {
        var books = new Stage().Council.Books;

        Assert.Equal(("E06000001", "test", 1u, Tier.Council), (books.Body, books.Federation, books.Epoch, books.Tier));
        Assert.Equal(new EntryId("E06000001", 1, books.Size), books.Next);
        Assert.Equal(1_775_034_000 + books.Size - 1, books.NewestEntryAt!.Seconds);
    }

    [Fact]
    public void Replay_OfEveryJournal_GivesTheSameBooks()
    {
        var stage = new Stage();
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }

    [Fact]
    public void Apply_OfAnEntryOutOfTurn_Throws()
    {
        var books = new Stage().Council.Books;
        var fund = new Fact { FundOpened = new FundOpened { Terms = new FundTerms { Fund = "a.b", Version = 1 } } };

        Assert.Throws<InvalidOperationException>(() => books.Apply(new Entry { Index = (ulong)books.Size + 1, Fact = fund }));
        Assert.Throws<InvalidOperationException>(() => books.Apply(new Entry { Index = (ulong)books.Size - 1, Fact = fund }));
        Assert.Throws<InvalidOperationException>(() => books.Apply(new Entry { Index = (ulong)books.Size, Fact = new Fact { Genesis = new Genesis() } }));
        Assert.Throws<InvalidOperationException>(() => books.Apply(new Entry { Index = (ulong)books.Size, Fact = new Fact() }));
        Assert.Throws<InvalidOperationException>(() => books.Apply(new Entry { Index = (ulong)books.Size }));
        Assert.Throws<InvalidOperationException>(() => new Books().Apply(new Entry { Fact = fund }));
    }

    [Fact]
    public void Accounts_OfALineThatNothingWasPostedTo_AreZero()
    {
        var accounts = new Stage().Council.Books.Accounts;

        Assert.Equal(0, accounts.Of(new FundLine("GOV.none", Kind.Capital, Write.ThreeYears, EarmarkSet.None)).In);
        Assert.Equal(0, accounts.OfFund("GOV.none").Out);
        Assert.Equal(accounts.Total.In, accounts.OfFund("GOV.places").Out);
    }
}
