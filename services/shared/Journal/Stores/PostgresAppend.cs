using Npgsql;

namespace FundingFlows.Journal;

/// <summary>What is appended to one journal, as one statement. It answers with a row when the lease and the size fit, and does nothing otherwise.</summary>
internal static class PostgresAppend
{
    private const string Sql = """
        WITH journal AS (
          UPDATE journals SET size = size + $1, root = $2
          WHERE body = $3 AND epoch = $4 AND lease = $5 AND size = $6 RETURNING id),
        stored AS (
          INSERT INTO entries (journal, place, bytes)
          SELECT journal.id, $6 + entry.nth - 1, entry.bytes FROM journal, unnest($7) WITH ORDINALITY AS entry (bytes, nth)),
        bound AS (
          INSERT INTO commands (journal, id, place)
          SELECT journal.id, command.id, command.place FROM journal, unnest($8, $9) AS command (id, place))
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
        var bytes = new ReadOnlyMemory<byte>[count];
        var (ids, places) = (new List<Guid>(count), new List<long>(count));
        var next = 0;
        foreach (var append in appends)
            foreach (var entry in append.Entries)
            {
                if (entry.CommandId is { } id)
                {
                    ids.Add(id);
                    places.Add(first + next);
                }
                bytes[next++] = entry.Bytes;
            }
        return new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                Value((long)count), Value(appends[^1].Root), Value(lease.Journal.Body), Value((long)lease.Journal.Epoch), Value(lease.Number), Value(first),
                Value(bytes), Value(ids), Value(places),
            },
        };
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
