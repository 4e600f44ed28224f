using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace FundingFlows.Benchmarks;

/// <summary>What this machine can do at the most, without any of our logic.</summary>
internal static class RawLimits
{
    /// <summary>As large as the entry of a release usually is.</summary>
    public const int EntryBytes = 300;

    /// <summary>As many as the group committer takes at the most.</summary>
    private const int Group = 4_096;
    private const int BlockBytes = 4_096;

    public static IEnumerable<Measure> All(string folder)
    {
        var raw = RawSqlite.Open(Path.Combine(folder, "raw.db"));
        return
        [
            new("fdatasync_per_second", "fdatasync of 4 KiB, appended, a second", length => Task.FromResult(Sync(Path.Combine(folder, "raw.bin"), length))),
            new("sha256_300_bytes_per_second", "SHA-256 of 300 bytes, a second, one processor", length => Task.FromResult(Hash(length))),
            new("raw_sqlite_single_commits_per_second", "Raw SQLite, one entry in a commit, commits a second", length => Task.FromResult(raw.Append(1, length))),
            new("raw_sqlite_grouped_per_second", "Raw SQLite, 4,096 entries in a commit, entries a second", length => Task.FromResult(raw.Append(Group, length)))
            {
                Says = "The same table, index and settings as our store (WAL, synchronous=FULL, secure_delete), prepared statements of the C API; an entry of 300 bytes and a command id each. No rules, no protobuf, no hashes, no network.",
            },
        ];
    }

    private static Done Sync(string path, TimeSpan length)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var block = new byte[BlockBytes];
        RandomNumberGenerator.Fill(block);
        long place = 0;
        return Rate(length, () =>
        {
            RandomAccess.Write(file, block, place);
            place += BlockBytes;
            Flush(file);
            return 1;
        });
    }

    private static void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    private static Done Hash(TimeSpan length)
    {
        var bytes = new byte[EntryBytes];
        var hash = new byte[SHA256.HashSizeInBytes];
        return Rate(length, () =>
        {
            for (var i = 0; i < Group; i++)
                SHA256.HashData(bytes, hash);
            return Group;
        });
    }

    /// <summary>How much work is done, when it is done again and again for so long.</summary>
    public static Done Rate(TimeSpan length, Func<long> work)
    {
        var start = Stopwatch.GetTimestamp();
        long done = 0;
        do
            done += work();
        while (Stopwatch.GetElapsedTime(start) < length);
        return new Done(done, Stopwatch.GetElapsedTime(start));
    }
}

/// <summary>A database with the tables of our store, written through the C API.</summary>
internal sealed class RawSqlite
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt entry;
    private readonly byte[] bytes = RandomNumberGenerator.GetBytes(RawLimits.EntryBytes);
    private long place;

    private RawSqlite(sqlite3 database)
    {
        this.database = database;
        foreach (var sql in (string[])
        [
            "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON",
            "CREATE TABLE entries (journal INTEGER NOT NULL, place INTEGER NOT NULL, command BLOB, sum INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (journal, place)) STRICT, WITHOUT ROWID",
            "CREATE UNIQUE INDEX commands ON entries (journal, command) WHERE command IS NOT NULL",
        ])
            Check(raw.sqlite3_exec(database, sql));
        entry = Prepare("INSERT INTO entries (journal, place, command, sum, bytes) VALUES (1, ?1, ?2, ?1, ?3)");
    }

    public static RawSqlite Open(string path)
    {
        Batteries_V2.Init();
        var opened = raw.sqlite3_open(path, out var database);
        return opened == raw.SQLITE_OK ? new RawSqlite(database) : throw new InvalidOperationException($"SQLite cannot open {path}: {opened}.");
    }

    public Done Append(int rows, TimeSpan length) => RawLimits.Rate(length, () =>
    {
        Check(raw.sqlite3_exec(database, "BEGIN IMMEDIATE"));
        Span<byte> id = stackalloc byte[16];
        for (var i = 0; i < rows; i++)
        {
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).TryWriteBytes(id, bigEndian: true, out _);
            raw.sqlite3_bind_int64(entry, 1, ++place);
            raw.sqlite3_bind_blob(entry, 2, id);
            raw.sqlite3_bind_blob(entry, 3, bytes);
            Step(entry);
        }
        Check(raw.sqlite3_exec(database, "COMMIT"));
        return rows;
    });

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement));
        return statement;
    }

    private static void Step(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement) == raw.SQLITE_DONE ? raw.SQLITE_OK : raw.SQLITE_ERROR);
        raw.sqlite3_reset(statement);
    }

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite answers {result}.");
    }
}
