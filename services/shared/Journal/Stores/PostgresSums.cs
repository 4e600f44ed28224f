using Npgsql;

namespace FundingFlows.Journal;

/// <summary>The second version of the tables: sums that say which row was altered, and the command's id beside the entry, where the sum covers it.</summary>
internal static class PostgresSums
{
    private const int PageSize = 4_096;
    private const string Before = """
        ALTER TABLE journals ADD COLUMN sum integer;
        ALTER TABLE entries ADD COLUMN command uuid, ADD COLUMN sum integer;
        UPDATE entries SET command = commands.id FROM commands WHERE commands.journal = entries.journal AND commands.place = entries.place;
        DROP TABLE commands;
        """;

    private const string After = """
        ALTER TABLE journals ALTER COLUMN sum SET NOT NULL;
        UPDATE entries SET sum = 0 WHERE sum IS NULL;
        ALTER TABLE entries ALTER COLUMN sum SET NOT NULL;
        CREATE UNIQUE INDEX commands ON entries (journal, command) WHERE command IS NOT NULL;
        """;

    public static void Add(NpgsqlConnection connection)
    {
        Run(connection, Before);
        foreach (var (id, head) in Heads(connection))
        {
            Run(connection, "UPDATE journals SET sum = $1 WHERE id = $2", new NpgsqlParameter<int> { TypedValue = RowSum.OfHead(head) }, Long(id));
            for (var page = Page(connection, id, head.Journal, 0); page.Count > 0; page = Page(connection, id, head.Journal, page[^1].Place + 1))
                Run(connection, "UPDATE entries SET sum = given.sum FROM unnest($1, $2) AS given (place, sum) WHERE entries.journal = $3 AND entries.place = given.place",
                    new NpgsqlParameter<long[]> { TypedValue = [.. page.Select(entry => entry.Place)] }, new NpgsqlParameter<int[]> { TypedValue = [.. page.Select(entry => entry.Sum)] }, Long(id));
        }
        Run(connection, After);
    }

    private static List<(long Id, JournalLease Head)> Heads(NpgsqlConnection connection)
    {
        var heads = new List<(long, JournalLease)>();
        using var select = new NpgsqlCommand("SELECT id, body, epoch, lease, size, root FROM journals", connection);
        using var row = select.ExecuteReader();
        while (row.Read())
            heads.Add((row.GetInt64(0), new JournalLease(new JournalKey(row.GetString(1), checked((uint)row.GetInt64(2))), row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<byte[]>(5))));
        return heads;
    }

    private static List<(long Place, int Sum)> Page(NpgsqlConnection connection, long id, JournalKey journal, long from)
    {
        var (page, sum) = (new List<(long, int)>(PageSize), RowSum.Of(journal));
        using var select = new NpgsqlCommand("SELECT place, command, bytes FROM entries WHERE journal = $1 AND place >= $2 ORDER BY place LIMIT $3", connection)
        {
            Parameters = { Long(id), Long(from), Long(PageSize) },
        };
        using var row = select.ExecuteReader();
        while (row.Read())
            page.Add((row.GetInt64(0), RowSum.OfEntry(sum, row.GetInt64(0), row.IsDBNull(1) ? [] : row.GetGuid(1).ToByteArray(bigEndian: true), row.GetFieldValue<byte[]>(2))));
        return page;
    }

    private static void Run(NpgsqlConnection connection, string sql, params NpgsqlParameter[] values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values);
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter<long> Long(long value) => new() { TypedValue = value };
}
