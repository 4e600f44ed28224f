using System.Text;
using Microsoft.Data.Sqlite;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Looks at what the forums' instance has on its disk, past all services.</summary>
internal static class Stored
{
    public static string Folder(Town town) => Path.Combine(town.Federation.Folder, Forums);

    public static string Documents(Town town) => Path.Combine(Folder(town), "documents.db");

    /// <summary>The words that are kept for a command, of whatever kind.</summary>
    public static IReadOnlyList<string> WordsOf(Town town, string commandId)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Documents(town), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT words FROM documents WHERE command = $command";
        select.Parameters.AddWithValue("$command", Guid.Parse(commandId).ToByteArray(bigEndian: true));
        using var rows = select.ExecuteReader();
        var words = new List<string>();
        while (rows.Read())
            words.Add(rows.GetString(0));
        return words;
    }

    /// <summary>The files of the instance's data folder in which a text stands.</summary>
    public static IReadOnlyList<string> FilesWith(Town town, string text) =>
        [.. Directory.GetFiles(Folder(town), "*", SearchOption.AllDirectories).Where(file => Holds(file, text)).Select(file => Path.GetFileName(file))];

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
