using System.Globalization;

namespace FundingFlows.Crashing;

/// <summary>Where a writer ends itself, besides being killed from outside.</summary>
public enum DeathPoint
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Entries are decided, and the store has not been asked yet.</summary>
    BeforeAppend,

    /// <summary>Some of a batch is written, and not committed (SQLite).</summary>
    InTransaction,

    /// <summary>At the call that makes a commit durable: what was to be committed is written, and not synced (SQLite).</summary>
    AtSync,

    /// <summary>The batch is durable, and nobody has been told.</summary>
    AfterCommit,

    /// <summary>A page of the journal has been read.</summary>
    Replaying,

    /// <summary>At the first call that makes anything of a new file durable (SQLite).</summary>
    MakingTables,
}

/// <summary>What a writer does with one store. A line of its standard input, its parts divided by tabs.</summary>
/// <param name="Database">The path of a SQLite file, or a PostgreSQL connection string.</param>
/// <param name="Schema">Of a PostgreSQL database. Empty: it is a SQLite file.</param>
/// <param name="Next">For each of the tasks that write, the number of its first command.</param>
/// <param name="Last">The number before which they pause, until they are told of another.</param>
/// <param name="Point">Where it ends itself.</param>
/// <param name="After">How many times it passes there before.</param>
/// <param name="Body">The one body that is opened. Empty: all are.</param>
public sealed record Plan(string Database, string Schema, IReadOnlyList<int> Next, int Last = int.MaxValue, DeathPoint Point = DeathPoint.None, int After = 0, string Body = "")
{
    /// <summary>How the writer calls this store in what it says.</summary>
    public string Store => Schema.Length == 0 ? "sqlite" : "postgres";

    public static Plan Parse(string line)
    {
        var parts = line.Split('\t');
        return new Plan(
            parts[0], parts[1], [.. parts[2].Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))],
            int.Parse(parts[3], CultureInfo.InvariantCulture), Enum.Parse<DeathPoint>(parts[4]), int.Parse(parts[5], CultureInfo.InvariantCulture), parts[6]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Database}\t{Schema}\t{string.Join(',', Next)}\t{Last}\t{Point}\t{After}\t{Body}");

    public IJournalStore Open() => Schema.Length == 0 ? SqliteJournalStore.Open(Database) : PostgresJournalStore.Open(Database, Schema, TimeProvider.System);
}
