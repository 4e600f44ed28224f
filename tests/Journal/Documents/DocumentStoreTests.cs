using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using static FundingFlows.Journal.Tests.DocumentsUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>Words are kept outside journals under a salted digest; the first words of a command stand.</summary>
public sealed class DocumentStoreTests : IAsyncDisposable
{
    private readonly DocumentsUnderTest under = new();

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public void Digest_OfWords_IsOverSaltAndWords()
    {
        var digest = under.Store.Keep(Body, Command(1), 2, "Dünner Weg 3");

        var kept = under.Store.Find(Body, digest)!;

        Assert.Equal((2, "Dünner Weg 3", 32, null), (kept.Kind, kept.Words, kept.Salt!.Length, kept.ErasedAt));
        Assert.Equal(SHA256.HashData([.. kept.Salt, .. Encoding.UTF8.GetBytes("Dünner Weg 3")]), digest);
        Assert.Equal(digest, kept.Digest);
    }

    [Fact]
    public async Task Words_SentAgain_HaveTheSameDigest()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, "a new roof");

        Assert.Equal(digest, under.Store.Keep(Body, Command(1), 1, "a new roof"));
        await under.ReopenAsync();
        Assert.Equal(digest, under.Store.Keep(Body, Command(1), 1, "a new roof"));
    }

    [Fact]
    public void Words_ThatAreOthers_HaveAnotherDigestAndAreNotKept()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, "a new roof");

        var other = under.Store.Keep(Body, Command(1), 1, "a new car");

        Assert.NotEqual(digest, other);
        Assert.Null(under.Store.Find(Body, other));
        Assert.Equal("a new roof", under.Store.Find(Body, digest)!.Words);
        Assert.False(under.OnDisk("a new car"));
    }

    [Fact]
    public void Words_OfAnotherCommandKindOrBody_HaveADigestOfTheirOwn()
    {
        byte[][] digests =
        [
            under.Store.Keep(Body, Command(1), 1, "a new roof"),
            under.Store.Keep(Body, Command(1), 2, "a new roof"),
            under.Store.Keep(Body, Command(2), 1, "a new roof"),
            under.Store.Keep("NF-durham", Command(1), 1, "a new roof"),
        ];

        Assert.Equal(4, digests.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(digests[..3], digest => Assert.Equal("a new roof", under.Store.Find(Body, digest)!.Words));
        Assert.Null(under.Store.Find(Body, digests[3]));
    }

    [Fact]
    public void Discard_OfACommand_RemovesItsWordsAlone()
    {
        var discarded = under.Store.Keep(Body, Command(1), 1, "refused");
        var second = under.Store.Keep(Body, Command(1), 2, "refused too");
        var other = under.Store.Keep(Body, Command(2), 1, "accepted");
        var elsewhere = under.Store.Keep("NF-durham", Command(1), 1, "of another body");

        under.Store.Discard(Body, Command(1));

        Assert.Null(under.Store.Find(Body, discarded));
        Assert.Null(under.Store.Find(Body, second));
        Assert.NotNull(under.Store.Find(Body, other));
        Assert.NotNull(under.Store.Find("NF-durham", elsewhere));
        Assert.NotEqual(discarded, under.Store.Keep(Body, Command(1), 1, "refused"));
    }

    [Fact]
    public void NewestCommands_OfABody_AreTheNewestThousandNewestFirst()
    {
        for (var number = 1; number <= 1_003; number++)
            under.Store.Keep(Body, Guid.Parse($"00000000-{number:x4}-7000-8000-000000000000"), 1, "words");
        under.Store.Keep(Body, Guid.Parse("00000000-03eb-7000-8000-000000000000"), 2, "more words of the newest");
        under.Store.Keep("NF-durham", Guid.Parse("00000000-ffff-7000-8000-000000000000"), 1, "words");

        var newest = under.Store.NewestCommands(Body);

        Assert.Equal(Enumerable.Range(4, 1_000).Reverse().Select(number => $"00000000-{number:x4}-7000-8000-000000000000"), newest.Select(id => $"{id}"));
    }

    [Fact]
    public async Task File_OfANewerVersion_IsRefused()
    {
        using (var connection = new SqliteConnection($"Data Source={under.Path};Pooling=False"))
        {
            connection.Open();
            SqliteDatabase.Run(connection, "PRAGMA user_version = 7");
        }
        await under.Store.DisposeAsync();

        var problem = Assert.Throws<StoreException>(() => DocumentStore.Open(under.Path, under.Time));

        Assert.Equal($"{under.Path} was written by a newer version (7); this one knows up to 1.", problem.Message);
    }
}
