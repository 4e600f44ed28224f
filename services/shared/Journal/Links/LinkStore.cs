using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>The same thing that was turned away, as often as it came.</summary>
/// <param name="Kind">What sort of thing, by number.</param>
/// <param name="Reason">A stable reason.</param>
/// <param name="Claimed">The body that it claimed to be from; empty: none that is known.</param>
/// <param name="Receiver">The body that it was for; empty: none that is known.</param>
public sealed record TurnedAway(int Kind, string Reason, string Claimed, string Receiver, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>
/// What an instance remembers of its links to others, outside any journal and worth nothing as money: what it turned away, and how far
/// it has published. A file of its own for its owner alone; what it was told is durable when a method returns. All methods throw
/// <see cref="StoreException"/>. No failure of it is a reason to end: after one to make something durable it is opened afresh.
/// </summary>
public sealed class LinkStore : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE turned_away (
          kind INTEGER NOT NULL, reason TEXT NOT NULL, claimed TEXT NOT NULL, receiver TEXT NOT NULL,
          count INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
          PRIMARY KEY (kind, reason, claimed, receiver)) STRICT, WITHOUT ROWID;
        CREATE TABLE published (
          body TEXT PRIMARY KEY, epoch INTEGER NOT NULL, size INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """;

    private readonly Lock gate = new();
    private readonly string path;

    private LinkStore(string path, SqliteDatabase database) => (this.path, Database) = (path, database);

    internal SqliteDatabase Database { get; private set; }

    /// <summary>
    /// Opens the file, or makes it. One that is damaged, or is no file of this kind, is put aside, and a new one made. Throws
    /// <see cref="StoreException"/>, also for a file of a newer version.
    /// </summary>
    /// <param name="tell">Told, in sentences, when a file was put aside.</param>
    public static LinkStore Open(string path, Action<string>? tell = null)
    {
        try
        {
            return new LinkStore(path, OpenWhole(path));
        }
        catch (StoreException problem) when (problem.Fault == StoreFault.Damaged)
        {
            var aside = DamagedFile.PutAside(path);
            tell?.Invoke($"{path} is damaged. It was put aside as {aside}, and a new one is made: what was turned away before is forgotten here. {problem.Message}");
            return new LinkStore(path, OpenWhole(path));
        }
    }

    /// <summary>All that was turned away and is kept.</summary>
    public IReadOnlyList<TurnedAway> AllTurnedAway() => Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT kind, reason, claimed, receiver, count, first_at, last_at FROM turned_away";
        using var rows = select.ExecuteReader();
        var all = new List<TurnedAway>();
        while (rows.Read())
            all.Add(new TurnedAway(
                rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(4),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6))));
        return all;
    });

    /// <summary>Keeps each with its newest count, in the place of what was kept of the same before, and forgets others: all of it or nothing.</summary>
    public void Keep(IEnumerable<TurnedAway> changed, IEnumerable<TurnedAway> forgotten) => Write(connection =>
    {
        using var transaction = connection.BeginTransaction();
        foreach (var one in changed)
            Upsert(connection, one);
        foreach (var one in forgotten)
            Delete(connection, one);
        transaction.Commit();
        return true;
    });

    /// <summary>How many entries of each body's journal have been told of, and of which epoch it was.</summary>
    public IReadOnlyDictionary<string, (uint Epoch, long Size)> Published() => Write(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT body, epoch, size FROM published";
        using var rows = select.ExecuteReader();
        var all = new Dictionary<string, (uint, long)>();
        while (rows.Read())
            all.Add(rows.GetString(0), ((uint)rows.GetInt64(1), rows.GetInt64(2)));
        return all;
    });

    /// <summary>Keeps how far has been published, of several bodies in one go.</summary>
    public void KeepPublished(IEnumerable<(string Body, uint Epoch, long Size)> published) => Write(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var upsert = connection.CreateCommand();
        upsert.CommandText = """
            INSERT INTO published (body, epoch, size) VALUES ($body, $epoch, $size)
            ON CONFLICT (body) DO UPDATE SET epoch = excluded.epoch, size = excluded.size
            """;
        var (body, epoch, size) = (upsert.Parameters.Add("$body", SqliteType.Text), upsert.Parameters.Add("$epoch", SqliteType.Integer), upsert.Parameters.Add("$size", SqliteType.Integer));
        foreach (var one in published)
        {
            (body.Value, epoch.Value, size.Value) = one;
            upsert.ExecuteNonQuery();
        }
        transaction.Commit();
        return true;
    });

    /// <summary>Closes the file once nobody writes to it.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static SqliteDatabase OpenWhole(string path)
    {
        var database = SqliteDatabase.Open(path, [connection => SqliteDatabase.Run(connection, Schema)], isSecret: false, _ => { });
        try
        {
            database.Write(connection => DamagedFile.ThrowIfDamaged(connection, "turned_away", "published"));
            return database;
        }
        catch (StoreException)
        {
            database.Dispose();
            throw;
        }
    }

    private T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (gate)
        {
            // What is on disk is then known only by opening it afresh.
            if (Database.Over is { Fault: StoreFault.NotDurable })
            {
                Database.Dispose();
                Database = OpenWhole(path);
            }
            return Database.Write(work);
        }
    }

    private static void Upsert(SqliteConnection connection, TurnedAway turnedAway)
    {
        using var upsert = connection.CreateCommand();
        upsert.CommandText = """
            INSERT INTO turned_away (kind, reason, claimed, receiver, count, first_at, last_at)
            VALUES ($kind, $reason, $claimed, $receiver, $count, $first, $last)
            ON CONFLICT (kind, reason, claimed, receiver) DO UPDATE SET count = excluded.count, first_at = excluded.first_at, last_at = excluded.last_at
            """;
        Bind(upsert, turnedAway);
        upsert.Parameters.AddWithValue("$count", turnedAway.Count);
        upsert.Parameters.AddWithValue("$first", turnedAway.FirstAt.ToUnixTimeMilliseconds());
        upsert.Parameters.AddWithValue("$last", turnedAway.LastAt.ToUnixTimeMilliseconds());
        upsert.ExecuteNonQuery();
    }

    private static void Delete(SqliteConnection connection, TurnedAway turnedAway)
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM turned_away WHERE kind = $kind AND reason = $reason AND claimed = $claimed AND receiver = $receiver";
        Bind(delete, turnedAway);
        delete.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, TurnedAway turnedAway)
    {
        command.Parameters.AddWithValue("$kind", turnedAway.Kind);
        command.Parameters.AddWithValue("$reason", turnedAway.Reason);
        command.Parameters.AddWithValue("$claimed", turnedAway.Claimed);
        command.Parameters.AddWithValue("$receiver", turnedAway.Receiver);
    }
}
