using Microsoft.Data.Sqlite;

namespace FundingFlows.Audit.Tests;

/// <summary>The file of the auditor's own copies, as somebody who may write on its disk sees it.</summary>
internal sealed class OwnCopy(DirectoryInfo folder)
{
    private const string Journal = "(SELECT id FROM journals WHERE body = $body)";

    private string File => Path.Combine(folder.FullName, "journals.db");

    /// <summary>Puts other bytes in the place of an entry.</summary>
    public void Alter(EntryId entry, byte[] bytes) =>
        Run($"UPDATE entries SET bytes = $bytes WHERE journal = {Journal} AND place = $place", entry, bytes);

    public void Remove(EntryId entry) => Run($"DELETE FROM entries WHERE journal = {Journal} AND place = $place", entry, []);

    /// <summary>Puts another root beside the entries.</summary>
    public void AlterRoot(string body) => Run("UPDATE journals SET root = $bytes WHERE body = $body", new EntryId(body, 1, 0), new byte[32]);

    /// <summary>Removes all copies. The auditor must not run.</summary>
    public void RemoveAll()
    {
        foreach (var file in folder.GetFiles(Path.GetFileName(File) + "*"))
            file.Delete();
    }

    private void Run(string sql, EntryId entry, byte[] bytes)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in new (string, object)[] { ("$body", entry.Body), ("$place", entry.Index), ("$bytes", bytes) })
            if (sql.Contains(name, StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
