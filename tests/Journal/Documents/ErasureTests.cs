using Microsoft.Data.Sqlite;
using static FundingFlows.Journal.Tests.DocumentsUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>What is erased is gone for ever: from what the store says, and from every byte of its files.</summary>
public sealed class ErasureTests : IAsyncDisposable
{
    private const string Words = "Ada Lovelace, 12 St James's Square";
    private readonly DocumentsUnderTest under = new();

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Document_Erased_SaysWhenAndNothingElse()
    {
        var digest = under.Store.Keep(Body, Command(1), 3, Words);
        var erasedAt = under.Time.GetUtcNow();

        Assert.Equal(new StoredDocument(digest, 3, null, null, erasedAt), under.Store.Erase(Body, digest)! with { Digest = digest });
        under.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(erasedAt, under.Store.Erase(Body, digest)!.ErasedAt);
        await under.ReopenAsync();
        Assert.Equal(new StoredDocument(digest, 3, null, null, erasedAt), under.Store.Find(Body, digest)! with { Digest = digest });
    }

    [Fact]
    public void Document_ThatThereIsNot_IsNotErased()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, Words);

        Assert.Null(under.Store.Erase("NF-durham", digest));
        Assert.Null(under.Store.Erase(Body, new byte[32]));
        Assert.Equal(Words, under.Store.Find(Body, digest)!.Words);
    }

    [Fact]
    public void Words_SentAgainAfterTheErasure_HaveTheOldDigestAndAreNotKept()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, Words);
        under.Store.Erase(Body, digest);

        Assert.Equal(digest, under.Store.Keep(Body, Command(1), 1, Words));
        Assert.Equal(digest, under.Store.Keep(Body, Command(1), 1, "other words"));
        Assert.Null(under.Store.Find(Body, digest)!.Words);
        Assert.False(under.OnDisk(Words));
        Assert.False(under.OnDisk("other words"));
    }

    [Fact]
    public void Document_Erased_IsInNoByteOfTheFiles()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, Words);
        var salt = under.Store.Find(Body, digest)!.Salt!;
        Assert.True(under.OnDisk(Words) && under.OnDisk(salt));

        under.Store.Erase(Body, digest);

        Assert.False(under.OnDisk(Words));
        Assert.False(under.OnDisk(salt));
        Assert.True(under.OnDisk(digest));
    }

    [Fact]
    public async Task Document_ThatLeftCopiesBehind_IsInNoByteOfTheFilesOnceErased()
    {
        // Commands in no order, so that pages are split: a row that moves to another page leaves a copy of itself behind.
        var digests = Enumerable.Range(0, 400).Select(i => under.Store.Keep(Body, Command(i), 1, $"<person-{i}>" + new string('x', i % 89 * 9))).ToArray();
        await under.ReopenAsync();
        var copied = Enumerable.Range(0, digests.Length).Where(i => under.Copies($"<person-{i}>") > 1).Take(5).ToList();
        Assert.NotEmpty(copied);

        foreach (var i in copied)
            under.Store.Erase(Body, digests[i]);

        Assert.Equal(copied, Enumerable.Range(0, digests.Length).Where(i => !under.OnDisk($"<person-{i}>")));
    }

    [Fact]
    public void Erasure_WhileSomebodyReads_IsNotSaidToBeDone()
    {
        var digest = under.Store.Keep(Body, Command(1), 1, Words);
        using (var reader = new SqliteConnection($"Data Source={under.Path};Pooling=False"))
        {
            reader.Open();
            using var reading = reader.BeginTransaction(deferred: true);
            using var select = reader.CreateCommand();
            select.CommandText = "SELECT words FROM documents";
            Assert.Equal(Words, select.ExecuteScalar());

            Assert.Throws<StoreException>(() => under.Store.Erase(Body, digest));
        }

        Assert.NotNull(under.Store.Erase(Body, digest)!.ErasedAt);
        Assert.False(under.OnDisk(Words));
    }
}
