using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>What stands beside the entries of a journal in a SQLite database: who may go on, and how far it has come.</summary>
internal static class SqliteLease
{
    /// <summary>As it stands now. Null: there is no such journal. Throws <see cref="JournalCorruptException"/>.</summary>
    public static JournalLease? Find(SqliteConnection connection, JournalKey journal)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT lease, size, root, sum FROM journals WHERE body = $body AND epoch = $epoch";
        select.Parameters.AddWithValue("$body", journal.Body);
        select.Parameters.AddWithValue("$epoch", journal.Epoch);
        using var row = select.ExecuteReader();
        if (!row.Read())
            return null;
        var lease = new JournalLease(journal, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
        RowSum.Check(lease, row.GetInt64(3));
        return lease;
    }

    public static void Keep(SqliteConnection connection, JournalLease lease)
    {
        using var keep = connection.CreateCommand();
        keep.CommandText = """
            INSERT INTO journals (body, epoch, lease, size, root, sum) VALUES ($body, $epoch, $lease, $size, $root, $sum)
            ON CONFLICT (body, epoch) DO UPDATE SET lease = $lease, sum = $sum
            """;
        keep.Parameters.AddWithValue("$body", lease.Journal.Body);
        keep.Parameters.AddWithValue("$epoch", lease.Journal.Epoch);
        keep.Parameters.AddWithValue("$lease", lease.Number);
        keep.Parameters.AddWithValue("$size", lease.Size);
        keep.Parameters.AddWithValue("$root", lease.Root);
        keep.Parameters.AddWithValue("$sum", RowSum.OfHead(lease));
        keep.ExecuteNonQuery();
    }

    /// <summary>Before a journal is begun. Throws <see cref="JournalCorruptException"/>.</summary>
    public static void CheckStrangers(SqliteConnection connection, JournalKey journal)
    {
        var right = true;
        using var heads = connection.CreateCommand();
        heads.CommandText = "SELECT body, epoch, lease, size, root, sum FROM journals";
        using (var row = heads.ExecuteReader())
            while (row.Read())
                right &= RowSum.IsHead(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetInt64(5));
        using var entries = connection.CreateCommand();
        entries.CommandText = RowSum.EntriesOfNobody;
        RowSum.CheckStrangers(journal, right, entries.ExecuteScalar() is not null);
    }
}
