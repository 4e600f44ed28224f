using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FundingFlows.Journal;

/// <summary>
/// One SQLite database file, for its owner alone: write-ahead log, every commit synced, a version that is checked. Once something could not
/// be made durable it has its owner end the process, where that wants to, and does nothing more itself: what is on disk is known only by opening it afresh.
/// </summary>
internal sealed class SqliteDatabase : IDisposable, IAsyncDisposable
{
    private const int BusyMilliseconds = 30_000, BusyWhenEmptying = 1_000;
    private const int Damaged = 11;
    private const int Full = 13;
    private const int NoDatabase = 26;
    private const int SyncFailed = 1034;
    private const int DirectorySyncFailed = 1290;

    /// <summary>How often this process has a file open.</summary>
    private static readonly ConcurrentDictionary<string, int> InUse = new();
    private readonly string connectionString;
    private readonly Action<string> failStop;
    private readonly Lock writing = new();
    private SqliteCheckpoint checkpoint = null!;
    private StoreException? over;
    private bool isClosed;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(string path, Action<string> failStop)
    {
        Path = path;
        this.failStop = failStop;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
        Writer = new SqliteConnection(connectionString);
    }

    public string Path { get; }

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Opens the file, makes it where there is none, and sees to its version. Throws <see cref="StoreException"/>.</summary>
    /// <param name="upgrades">What brings a file from each version to the next, in a transaction; the first makes it.</param>
    /// <param name="isSecret">Whether a file that others may read is refused. Otherwise it is taken from them.</param>
    /// <param name="failStop">Ends the process, for a reason in a sentence. Null: it is ended at once.</param>
    public static SqliteDatabase Open(string path, IReadOnlyList<Action<SqliteConnection>> upgrades, bool isSecret, Action<string>? failStop = null)
    {
        Keep(path, isSecret);
        SqliteLog.Check(path, hasIndex: InUse.GetValueOrDefault(System.IO.Path.GetFullPath(path)) == 0);
        var database = new SqliteDatabase(path, failStop ?? (reason => Environment.FailFast(reason)));
        try
        {
            database.Writer.Open();
            Run(database.Writer, "PRAGMA journal_mode=WAL");
            Run(database.Writer, "PRAGMA synchronous=FULL");
            Run(database.Writer, "PRAGMA secure_delete=ON");
            raw.sqlite3_busy_timeout(database.Writer.Handle, BusyMilliseconds);
            database.checkpoint = new SqliteCheckpoint(database.Writer.Handle!);
            database.Upgrade(upgrades);
            InUse.AddOrUpdate(System.IO.Path.GetFullPath(path), 1, (_, open) => open + 1);
            return database;
        }
        catch (SqliteException problem)
        {
            database.Close();
            throw Fault(problem);
        }
        catch (StoreException)
        {
            database.Close();
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

    /// <summary>A connection to read with; it goes back to a pool. It waits for locks by itself, whatever asks through it. Throws <see cref="StoreException"/> once nothing is done any more.</summary>
    public SqliteConnection Reader()
    {
        ThrowIfOver();
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        return connection;
    }

    /// <summary>Reads. Throws <see cref="StoreException"/>.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Reader();
            return work(connection);
        }
        catch (SqliteException problem)
        {
            throw Told(problem);
        }
    }

    /// <summary>One at a time, on the one connection that writes: durable when it returns. Throws <see cref="StoreException"/>, and what <paramref name="work"/> throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (writing)
        {
            ThrowIfOver();
            try
            {
                var before = raw.sqlite3_total_changes(Writer.Handle);
                var result = work(Writer);
                if (raw.sqlite3_total_changes(Writer.Handle) != before)
                    checkpoint.Committed();
                return result;
            }
            catch (SqliteException problem)
            {
                throw Told(problem);
            }
        }
    }

    /// <summary>Whether the log and the file can grow by so many bytes.</summary>
    public bool HasRoom(long bytes) => DiskRoom.IsThere(Path, bytes);

    /// <summary>Says that entries of so many bytes are being written: the log grows by as much.</summary>
    public void Grows(long bytes) => checkpoint.Grows(bytes);

    /// <summary>Why nothing is done any more: something could not be made durable, or it is closed. Null: it works.</summary>
    public StoreException? Over => Volatile.Read(ref over);

    private void ThrowIfOver()
    {
        if (Over is { } why)
            throw new StoreException(why.Fault, why.Message, why);
    }

    /// <summary>What an error of SQLite means. One that leaves it unknown what is on disk is the last.</summary>
    private StoreException Told(SqliteException problem)
    {
        var fault = Fault(problem);
        if (fault.Fault != StoreFault.NotDurable)
            return fault;
        Volatile.Write(ref over, fault);
        failStop(fault.Message);
        return fault;
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
        raw.sqlite3_busy_timeout(Writer.Handle, BusyWhenEmptying);
        try
        {
            using var checkpoint = Writer.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return checkpoint.ExecuteScalar() is 0L;
        }
        finally
        {
            raw.sqlite3_busy_timeout(Writer.Handle, BusyMilliseconds);
        }
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
        { SqliteErrorCode: Damaged or NoDatabase } => new StoreException(StoreFault.Damaged, $"The store failed: {problem.Message}", problem),
        _ => new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem),
    };

    /// <summary>Does nothing more, from when nobody writes.</summary>
    public void End()
    {
        lock (writing)
            over ??= new StoreException(StoreFault.Failed, "The store is closed.");
    }

    public void Dispose()
    {
        End();
        if (!Interlocked.Exchange(ref isClosed, true))
            InUse.AddOrUpdate(System.IO.Path.GetFullPath(Path), 0, (_, open) => open - 1);
        Close();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Leaves no connection in a pool: the file may be another one the next time.</summary>
    private void Close()
    {
        Writer.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }
}
