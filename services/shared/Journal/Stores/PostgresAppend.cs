using Npgsql;

namespace FundingFlows.Journal;

/// <summary>What is appended to one journal, as one statement. It answers with a row when the lease and the size fit, and does nothing otherwise.</summary>
internal static class PostgresAppend
{
    private const string Sql = """
        WITH journal AS (
          UPDATE journals SET size = $1, root = $2, sum = $3
          WHERE body = $4 AND epoch = $5 AND lease = $6 AND size = $7 RETURNING id),
        stored AS (
          INSERT INTO entries (journal, place, command, sum, bytes)
          SELECT journal.id, $7 + entry.nth - 1, entry.command, entry.sum, entry.bytes
          FROM journal, unnest($8, $9, $10) WITH ORDINALITY AS entry (command, sum, bytes, nth))
        SELECT id FROM journal
        """;

    /// <summary>Null: the appends do not follow one another under one lease.</summary>
    public static NpgsqlBatchCommand? Of(IReadOnlyList<JournalAppend> appends)
    {
        var (lease, first) = (appends[0].Lease, appends[0].ExpectedIndex);
        var count = 0;
        foreach (var append in appends)
        {
            if (append.Lease.Number != lease.Number || append.ExpectedIndex != first + count)
                return null;
            count += append.Entries.Count;
        }
        var (commands, sums, bytes) = (new Guid?[count], new int[count], new ReadOnlyMemory<byte>[count]);
        var (next, sum) = (0, RowSum.Of(lease.Journal));
        Span<byte> id = stackalloc byte[16];
        foreach (var append in appends)
            foreach (var entry in append.Entries)
            {
                entry.ThrowIfTooLong();
                ReadOnlySpan<byte> command = entry.CommandId is { } given && given.TryWriteBytes(id, bigEndian: true, out _) ? id : [];
                (commands[next], bytes[next]) = (entry.CommandId, entry.Bytes);
                sums[next] = RowSum.OfEntry(sum, first + next, command, entry.Bytes.Span);
                next++;
            }
        var head = lease with { Size = first + count, Root = appends[^1].Root };
        return new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                Value(head.Size), Value(head.Root), Value(RowSum.OfHead(head)), Value(lease.Journal.Body), Value((long)lease.Journal.Epoch), Value(lease.Number), Value(first),
                Value(commands), Value(sums), Value(bytes),
            },
        };
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
