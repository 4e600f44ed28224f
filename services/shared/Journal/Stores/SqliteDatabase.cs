using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>One SQLite database file, for its owner alone: write-ahead log, every commit synced, a version that is checked.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int Damaged = 11;
    private const int Full = 13;
    private const int SyncFailed = 1034;
    private const int DirectorySyncFailed = 1290;
    private readonly string connectionString;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    private SqliteDatabase(string path)
    {
        Path = path;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
        Writer = new SqliteConnection(connectionString);
    }

    public string Path { get; }

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Opens the file, makes it where there is none, and sees to its version. Throws <see cref="StoreException"/>.</summary>
    /// <param name="upgrades">What brings a file from each version to the next, in a transaction; the first makes it.</param>
    /// <param name="isSecret">Whether a file that others may read is refused. Otherwise it is taken from them.</param>
    public static SqliteDatabase Open(string path, IReadOnlyList<Action<SqliteConnection>> upgrades, bool isSecret)
    {
        Keep(path, isSecret);
        var database = new SqliteDatabase(path);
        try
        {
            database.Writer.Open();
            Run(database.Writer, "PRAGMA journal_mode=WAL");
            Run(database.Writer, "PRAGMA synchronous=FULL");
            Run(database.Writer, "PRAGMA secure_delete=ON");
            database.Upgrade(upgrades);
            return database;
        }
        catch (SqliteException problem)
        {
            database.Writer.Dispose();
            throw Fault(problem);
        }
        catch (StoreException)
        {
            database.Writer.Dispose();
            throw;
        }
    }

    /// <summary>Brings the file up to the version of this program. Of several processes that come at once one does it, and the others wait.</summary>
    private void Upgrade(IReadOnlyList<Action<SqliteConnection>> upgrades)
    {
        if (Found(upgrades.Count) == upgrades.Count)
            return;
        using var transaction = Writer.BeginTransaction(deferred: false);
        var found = Found(upgrades.Count);
        foreach (var upgrade in upgrades.Skip(found))
            upgrade(Writer);
        Run(Writer, $"PRAGMA user_version={upgrades.Count}");
        transaction.Commit();
    }

    /// <summary>The version of the file, which this program must know.</summary>
    private int Found(int newest)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        return found >= 0 && found <= newest ? found
            : throw new StoreException(StoreFault.Failed, $"{Path} was written by a newer version ({found}); this one knows up to {newest}.");
    }

    /// <summary>Sees to it that nobody but its owner may read a database. SQLite gives the log beside it the same mode.</summary>
    private static void Keep(string path, bool isSecret)
    {
        string[] files = [path, path + "-wal", path + "-shm"];
        if (isSecret && files.FirstOrDefault(OwnerOnly.MayBeReachedByOthers) is { } open)
            throw new StoreException(StoreFault.Failed, $"{open} may be read by others: allow its owner alone (chmod 600).");
        try
        {
            OwnerOnly.MakeFolderOf(path);
            OwnerOnly.Touch(path);
            Array.ForEach(files, OwnerOnly.Close);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem);
        }
    }

    /// <summary>A connection to read with; it goes back to a pool.</summary>
    public SqliteConnection Reader()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Rewrites the file and empties the write-ahead log, so that nothing that was deleted stands in either. SQLite overwrites
    /// what it deletes, but not the copies that rows leave behind when they move to another page. Throws
    /// <see cref="StoreException"/> when the log cannot be emptied, because somebody reads what stands in it.
    /// </summary>
    public void Scrub()
    {
        Run(Writer, "VACUUM");
        if (!EmptyLog())
            throw new StoreException(StoreFault.Failed, $"What was deleted from {Path} still stands in it, because somebody reads it. Try again.");
    }

    /// <summary>Empties the write-ahead log of what was deleted. False: somebody reads what stands in it.</summary>
    public bool EmptyLog()
    {
        Run(Writer, "PRAGMA busy_timeout=1000");
        using var checkpoint = Writer.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return checkpoint.ExecuteScalar() is 0L;
    }

    /// <summary>Whether an extended error code of SQLite says that a sync failed.</summary>
    public static bool IsNotDurable(int code) => code is SyncFailed or DirectorySyncFailed;

    /// <summary>Whether SQLite found its own file damaged, or gives what is not of the kind that was put there.</summary>
    public static bool IsDamage(Exception problem) =>
        problem is SqliteException { SqliteErrorCode: Damaged } or InvalidCastException or FormatException or OverflowException
        || (problem is InvalidOperationException and not ObjectDisposedException);

    /// <summary>What an error of SQLite means here.</summary>
    public static StoreException Fault(SqliteException problem) => problem switch
    {
        { SqliteErrorCode: Full } => new StoreException(StoreFault.Full, "The disk that holds the journals is full.", problem),
        _ when IsNotDurable(problem.SqliteExtendedErrorCode) =>
            new StoreException(StoreFault.NotDurable, "The system could not make what was written durable.", problem),
        _ => new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem),
    };

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }
}
