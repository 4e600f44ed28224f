using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>A document as it is kept.</summary>
/// <param name="Digest">SHA-256 over salt and words: 32 bytes. How entries name it.</param>
/// <param name="Kind">What it is: a value of <c>fundingflows.documents.v1.DocumentKind</c>.</param>
/// <param name="Words">Null once erased.</param>
/// <param name="Salt">32 random bytes. Null once erased.</param>
/// <param name="ErasedAt">When it was erased. Null: it stands.</param>
public sealed record StoredDocument(byte[] Digest, int Kind, string? Words, byte[]? Salt, DateTimeOffset? ErasedAt);

/// <summary>
/// The erasable document store: names and free text, which may never stand in a journal. A file of its own beside the
/// journals. A document is durable before the entry that refers to it.
/// </summary>
public sealed class DocumentStore : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE documents (
          body TEXT NOT NULL, command BLOB NOT NULL, kind INTEGER NOT NULL, digest BLOB NOT NULL,
          salt BLOB, words TEXT, erased_at TEXT, PRIMARY KEY (body, command, kind)) STRICT, WITHOUT ROWID;
        CREATE INDEX documents_by_digest ON documents (body, digest)
        """;

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;

    private DocumentStore(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
    }

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version or one that others may read.</summary>
    /// <param name="failStop">Ends the process, for a reason in a sentence, when something could not be made durable. Null: it is ended at once.</param>
    public static DocumentStore Open(string path, TimeProvider time, Action<string>? failStop = null) =>
        new(SqliteDatabase.Open(path, [connection => SqliteDatabase.Run(connection, Schema)], isSecret: true, failStop), time);

    /// <summary>
    /// Keeps the words that a command brings, and answers with their salted digest. For the same command, body and kind the salt is
    /// the one of the first time, so that the same words have the same digest; other words then have another digest and are not kept.
    /// Once the first words are erased nothing can be compared, and their digest is the answer.
    /// </summary>
    public byte[] Keep(string body, Guid command, int kind, string words) => database.Write(connection =>
    {
        if (Find(connection, body, command, kind) is { } kept)
            return kept.Salt is null ? kept.Digest : Digest(kept.Salt, words);
        var salt = RandomNumberGenerator.GetBytes(32);
        var digest = Digest(salt, words);
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO documents (body, command, kind, digest, salt, words) VALUES ($body, $command, $kind, $digest, $salt, $words)";
        Name(insert, body, command, kind);
        insert.Parameters.AddWithValue("$digest", digest);
        insert.Parameters.AddWithValue("$salt", salt);
        insert.Parameters.AddWithValue("$words", words);
        insert.ExecuteNonQuery();
        return digest;
    });

    /// <summary>Whether words of that kind are kept for a command, or were until they were erased.</summary>
    public bool Has(string body, Guid command, int kind) => database.Read(connection => Find(connection, body, command, kind) is not null);

    /// <summary>Removes what a command brought that was then refused.</summary>
    public void Discard(string body, Guid command)
    {
        database.Write(connection =>
        {
            using var delete = connection.CreateCommand();
            delete.CommandText = "DELETE FROM documents WHERE body = $body AND command = $command";
            delete.Parameters.AddWithValue("$body", body);
            delete.Parameters.AddWithValue("$command", command.ToByteArray(bigEndian: true));
            return delete.ExecuteNonQuery();
        });
        database.Write(_ => database.EmptyLog());
    }

    /// <summary>Removes of what a command brought only these kinds.</summary>
    public void Discard(string body, Guid command, IReadOnlyList<int> kinds)
    {
        foreach (var kind in kinds)
            database.Write(connection =>
            {
                using var delete = connection.CreateCommand();
                delete.CommandText = "DELETE FROM documents WHERE body = $body AND command = $command AND kind = $kind";
                Name(delete, body, command, kind);
                return delete.ExecuteNonQuery();
            });
        database.Write(_ => database.EmptyLog());
    }

    /// <summary>The newest commands of a body that brought words, by their ids, newest first: those that a crash may have left unrecorded.</summary>
    public IReadOnlyList<Guid> NewestCommands(string body) => database.Read(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT DISTINCT command FROM documents WHERE body = $body ORDER BY command DESC LIMIT 1000";
        select.Parameters.AddWithValue("$body", body);
        using var rows = select.ExecuteReader();
        var commands = new List<Guid>();
        while (rows.Read())
            commands.Add(new Guid(rows.GetFieldValue<byte[]>(0), bigEndian: true));
        return commands;
    });

    /// <summary>A document by its digest. Null: there is none.</summary>
    public StoredDocument? Find(string body, byte[] digest) => database.Read(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT digest, kind, words, salt, erased_at FROM documents WHERE body = $body AND digest = $digest";
        select.Parameters.AddWithValue("$body", body);
        select.Parameters.AddWithValue("$digest", digest);
        return Row(select);
    });

    /// <summary>
    /// Erases words and salt for ever; the digest then says nothing. Null: there is no such document. Throws
    /// <see cref="StoreException"/> when they may still stand in the file, for instance because somebody reads it: erase again.
    /// </summary>
    public StoredDocument? Erase(string body, byte[] digest) => database.Write(connection =>
    {
        using var update = connection.CreateCommand();
        update.CommandText = """
            UPDATE documents SET words = NULL, salt = NULL, erased_at = coalesce(erased_at, $now)
            WHERE body = $body AND digest = $digest RETURNING digest, kind, words, salt, erased_at
            """;
        update.Parameters.AddWithValue("$body", body);
        update.Parameters.AddWithValue("$digest", digest);
        update.Parameters.AddWithValue("$now", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        var erased = Row(update);
        if (erased is not null)
            database.Scrub();
        return erased;
    });

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static byte[] Digest(byte[] salt, string words) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(words)]);

    private static StoredDocument? Find(SqliteConnection connection, string body, Guid command, int kind)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT digest, kind, words, salt, erased_at FROM documents WHERE body = $body AND command = $command AND kind = $kind";
        Name(select, body, command, kind);
        return Row(select);
    }

    private static void Name(SqliteCommand sql, string body, Guid command, int kind)
    {
        sql.Parameters.AddWithValue("$body", body);
        sql.Parameters.AddWithValue("$command", command.ToByteArray(bigEndian: true));
        sql.Parameters.AddWithValue("$kind", kind);
    }

    private static StoredDocument? Row(SqliteCommand select)
    {
        using var row = select.ExecuteReader();
        return !row.Read() ? null : new StoredDocument(
            row.GetFieldValue<byte[]>(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
            row.IsDBNull(4) ? null : DateTimeOffset.Parse(row.GetString(4), CultureInfo.InvariantCulture));
    }
}
