using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>Why a journal is not believed.</summary>
/// <param name="Journal">Which. A later epoch of the body is another journal.</param>
/// <param name="Reason">In a sentence.</param>
/// <param name="Evidence">The file that proves to anyone that the body told two histories. Null: there is none.</param>
public sealed record Quarantine(JournalKey Journal, string Reason, string? Evidence);

/// <summary>
/// The same in a SQLite file for its owner alone. Once something could not be made durable none of the methods works any more, until the
/// file has been opened afresh.
/// </summary>
public sealed class WitnessStore : IWitnessStore, IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE cosigned (
          witness TEXT NOT NULL, origin TEXT NOT NULL, hash TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL,
          PRIMARY KEY (witness, origin)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX cosigned_by_hash ON cosigned (witness, hash);
        CREATE TABLE verified (
          origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE quarantined (
          body TEXT NOT NULL, epoch INTEGER NOT NULL, reason TEXT NOT NULL, evidence TEXT,
          PRIMARY KEY (body, epoch)) STRICT, WITHOUT ROWID
        """;

    private readonly SqliteDatabase database;

    private WitnessStore(SqliteDatabase database) => this.database = database;

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    /// <param name="failStop">Ends the process, for a reason in a sentence, when something could not be made durable. Null: it is ended at once.</param>
    public static WitnessStore Open(string path, Action<string>? failStop = null) =>
        new(SqliteDatabase.Open(path, [connection => SqliteDatabase.Run(connection, Schema)], isSecret: false, failStop));

    public bool TryAdvance(string witness, string origin, long oldSize, long size, string note) => database.Write(connection =>
    {
        using var upsert = connection.CreateCommand();
        upsert.CommandText = """
            INSERT INTO cosigned (witness, origin, hash, size, note) SELECT $witness, $origin, $hash, $size, $note
            WHERE $old = coalesce((SELECT size FROM cosigned WHERE witness = $witness AND origin = $origin), 0)
            ON CONFLICT (witness, origin) DO UPDATE SET size = excluded.size, note = excluded.note
            """;
        upsert.Parameters.AddWithValue("$witness", witness);
        upsert.Parameters.AddWithValue("$origin", origin);
        upsert.Parameters.AddWithValue("$hash", HashOf(origin));
        upsert.Parameters.AddWithValue("$old", oldSize);
        upsert.Parameters.AddWithValue("$size", size);
        upsert.Parameters.AddWithValue("$note", note);
        return upsert.ExecuteNonQuery() == 1;
    });

    public string? Cosigned(string witness, string origin) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT note FROM cosigned WHERE witness = $witness AND origin = $origin";
        select.Parameters.AddWithValue("$witness", witness);
        select.Parameters.AddWithValue("$origin", origin);
        return select.ExecuteScalar() as string;
    });

    public string? CosignedByHash(string witness, string hash) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT note FROM cosigned WHERE witness = $witness AND hash = $hash";
        select.Parameters.AddWithValue("$witness", witness);
        select.Parameters.AddWithValue("$hash", hash);
        return select.ExecuteScalar() as string;
    });

    /// <summary>What stands for an origin in addresses: its SHA-256 in small hexadecimal letters.</summary>
    public static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    public void KeepVerified(IEnumerable<(string Origin, long Size, string Note)> notes) => database.Write(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var upsert = connection.CreateCommand();
        upsert.CommandText = """
            INSERT INTO verified (origin, size, note) VALUES ($origin, $size, $note)
            ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size > size
            """;
        var (origin, size, text) = (upsert.Parameters.Add("$origin", SqliteType.Text), upsert.Parameters.Add("$size", SqliteType.Integer), upsert.Parameters.Add("$note", SqliteType.Text));
        foreach (var note in notes)
        {
            (origin.Value, size.Value, text.Value) = note;
            upsert.ExecuteNonQuery();
        }
        transaction.Commit();
        return true;
    });

    public string? Verified(string origin) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT note FROM verified WHERE origin = $origin";
        select.Parameters.AddWithValue("$origin", origin);
        return select.ExecuteScalar() as string;
    });

    public string? Newest(string origin) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT note FROM (SELECT size, note, witness FROM cosigned WHERE origin = $origin
              UNION ALL SELECT size, note, '' FROM verified WHERE origin = $origin)
            ORDER BY size DESC, witness LIMIT 1
            """;
        select.Parameters.AddWithValue("$origin", origin);
        return select.ExecuteScalar() as string;
    });

    public void Remember(Quarantine quarantine) => database.Write(connection =>
    {
        using var upsert = connection.CreateCommand();
        upsert.CommandText = """
            INSERT INTO quarantined (body, epoch, reason, evidence) VALUES ($body, $epoch, $reason, $evidence)
            ON CONFLICT (body, epoch) DO UPDATE SET reason = excluded.reason, evidence = excluded.evidence
            WHERE evidence IS NULL AND excluded.evidence IS NOT NULL
            """;
        upsert.Parameters.AddWithValue("$body", quarantine.Journal.Body);
        upsert.Parameters.AddWithValue("$epoch", quarantine.Journal.Epoch);
        upsert.Parameters.AddWithValue("$reason", quarantine.Reason);
        upsert.Parameters.AddWithValue("$evidence", (object?)quarantine.Evidence ?? DBNull.Value);
        return upsert.ExecuteNonQuery();
    });

    public Quarantine? Find(JournalKey journal) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT reason, evidence FROM quarantined WHERE body = $body AND epoch = $epoch";
        select.Parameters.AddWithValue("$body", journal.Body);
        select.Parameters.AddWithValue("$epoch", journal.Epoch);
        using var row = select.ExecuteReader();
        return row.Read() ? new Quarantine(journal, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)) : null;
    });

    public IReadOnlyList<Quarantine> Quarantines(string body) => database.Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT epoch, reason, evidence FROM quarantined WHERE body = $body ORDER BY epoch";
        select.Parameters.AddWithValue("$body", body);
        using var rows = select.ExecuteReader();
        var all = new List<Quarantine>();
        while (rows.Read())
            all.Add(new Quarantine(new JournalKey(body, (uint)rows.GetInt64(0)), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
        return all;
    });

    /// <summary>Closes the file once nobody writes to it.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();
}
