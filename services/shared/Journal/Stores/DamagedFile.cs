using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>A damaged SQLite file that holds nothing of worth: it is kept for whoever wants to look at it, out of the way of a new one.</summary>
internal static class DamagedFile
{
    /// <summary>Gives the file and what SQLite has beside it another name, and answers with that. Throws <see cref="StoreException"/>.</summary>
    public static string PutAside(string path)
    {
        string[] parts = ["-shm", "-wal", ""];
        var aside = Enumerable.Range(1, int.MaxValue).Select(number => string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{number}")).First(name => !parts.Any(part => File.Exists(name + part)));
        try
        {
            // The database last: ended in between, what is left is damaged and put aside the next time, or whole and only older.
            foreach (var beside in parts)
                if (File.Exists(path + beside))
                    File.Move(path + beside, aside + beside, overwrite: false);
            return aside;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Failed, $"{path} is damaged and cannot be put aside: {problem.Message}", problem);
        }
    }

    /// <summary>Looks at every page, and whether the tables are there. Throws <see cref="StoreException"/>; answers with true.</summary>
    public static bool ThrowIfDamaged(SqliteConnection connection, params IEnumerable<string> tables)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check(1)";
        if (check.ExecuteScalar() is not "ok" and var problem)
            throw new StoreException(StoreFault.Damaged, $"Its integrity check says: {problem}");
        foreach (var table in tables)
        {
            check.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $name";
            check.Parameters.Clear();
            check.Parameters.AddWithValue("$name", table);
            if (check.ExecuteScalar() is not 1L)
                throw new StoreException(StoreFault.Damaged, $"It has no table {table}.");
        }
        return true;
    }
}
