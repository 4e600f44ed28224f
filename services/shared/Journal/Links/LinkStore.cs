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
/// <see cref="StoreException"/>.
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

    private readonly SqliteDatabase database;

    private LinkStore(SqliteDatabase database) => this.database = database;

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    /// <param name="failStop">Ends the process, for a reason in a sentence, when something could not be made durable. Null: it is ended at once.</param>
    public static LinkStore Open(string path, Action<string>? failStop = null) =>
        new(SqliteDatabase.Open(path, [connection => SqliteDatabase.Run(connection, Schema)], isSecret: false, failStop));

    /// <summary>All that was turned away and is kept.</summary>
    public IReadOnlyList<TurnedAway> AllTurnedAway() => database.Write(connection =>
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

    /// <summary>Keeps it with its newest count, in the place of what was kept of the same before.</summary>
    public void Keep(TurnedAway turnedAway) => database.Write(connection =>
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
        return upsert.ExecuteNonQuery();
    });

    /// <summary>Forgets it.</summary>
    public void Forget(TurnedAway turnedAway) => database.Write(connection =>
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM turned_away WHERE kind = $kind AND reason = $reason AND claimed = $claimed AND receiver = $receiver";
        Bind(delete, turnedAway);
        return delete.ExecuteNonQuery();
    });

    /// <summary>How many entries of each body's journal have been told of, and of which epoch it was.</summary>
    public IReadOnlyDictionary<string, (uint Epoch, long Size)> Published() => database.Write(connection =>
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
    public void KeepPublished(IEnumerable<(string Body, uint Epoch, long Size)> published) => database.Write(connection =>
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
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static void Bind(SqliteCommand command, TurnedAway turnedAway)
    {
        command.Parameters.AddWithValue("$kind", turnedAway.Kind);
        command.Parameters.AddWithValue("$reason", turnedAway.Reason);
        command.Parameters.AddWithValue("$claimed", turnedAway.Claimed);
        command.Parameters.AddWithValue("$receiver", turnedAway.Receiver);
    }
}
