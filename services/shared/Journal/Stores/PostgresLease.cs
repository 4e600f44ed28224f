using System.Security.Cryptography;
using Npgsql;

namespace FundingFlows.Journal;

/// <summary>What stands beside the entries of a journal in a PostgreSQL database: who may go on, and how far it has come.</summary>
internal static class PostgresLease
{
    /// <summary>What <see cref="ReadAsync"/> reads. Waits for whoever has it in hand.</summary>
    private const string Select = "SELECT lease, size, root, sum FROM journals WHERE body = $1 AND epoch = $2 FOR UPDATE";

    /// <summary>Takes the lease, making the journal where there is none. Throws <see cref="JournalCorruptException"/> and <see cref="NpgsqlException"/>.</summary>
    public static async Task<JournalLease> TakeAsync(NpgsqlDataSource source, JournalKey journal, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var begun = new JournalLease(journal, 0, 0, MerkleHash.Empty());
        await using var begin = Command(connection, "INSERT INTO journals (body, epoch, lease, size, root, sum) VALUES ($1, $2, 0, 0, $3, $4) ON CONFLICT DO NOTHING", journal);
        begin.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = begun.Root });
        begin.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowSum.OfHead(begun) });
        if (await begin.ExecuteNonQueryAsync(cancellation) > 0)
            await CheckStrangersAsync(connection, journal, cancellation);
        var lease = await FindAsync(connection, journal, cancellation);
        lease = lease! with { Number = lease.Number + 1 };
        await KeepAsync(connection, lease, cancellation);
        await transaction.CommitAsync(cancellation);
        return lease;
    }

    /// <summary>
    /// A number under which the holder of a lease goes on itself. Whoever takes the lease from it has the next number; this one is so far off that it
    /// is known again: an attempt to go on that got through, though its answer was lost, is no other writer's.
    /// </summary>
    public static long Later(JournalLease lease) => lease.Number + RandomNumberGenerator.GetInt32(1 << 10, int.MaxValue);

    /// <summary>The lease as it stands now. Null: another has been taken since. Throws <see cref="JournalCorruptException"/> and <see cref="NpgsqlException"/>.</summary>
    /// <param name="later">The number under which it goes on, so that nothing more is stored under the one before. Null: under that.</param>
    public static async Task<JournalLease?> RenewAsync(NpgsqlDataSource source, JournalLease lease, long? later, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = await FindAsync(connection, lease.Journal, cancellation);
        if (now is null || (now.Number != lease.Number && now.Number != later))
            return null;
        if (later is { } number && now.Number != number)
        {
            now = now with { Number = number };
            await KeepAsync(connection, now, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return now;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, JournalLease lease, CancellationToken cancellation)
    {
        await using var take = Command(connection, "UPDATE journals SET lease = $3, sum = $4 WHERE body = $1 AND epoch = $2", lease.Journal);
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lease.Number });
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowSum.OfHead(lease) });
        await take.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>As it stands now. Null: there is no such journal. Throws <see cref="JournalCorruptException"/>.</summary>
    private static async Task<JournalLease?> ReadAsync(NpgsqlDataReader row, JournalKey journal, CancellationToken cancellation)
    {
        if (!await row.ReadAsync(cancellation))
            return null;
        var lease = new JournalLease(journal, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
        RowSum.Check(lease, row.GetInt32(3));
        return lease;
    }

    private static async Task<JournalLease?> FindAsync(NpgsqlConnection connection, JournalKey journal, CancellationToken cancellation)
    {
        await using var select = Command(connection, Select, journal);
        await using var row = await select.ExecuteReaderAsync(cancellation);
        return await ReadAsync(row, journal, cancellation);
    }

    private static async Task CheckStrangersAsync(NpgsqlConnection connection, JournalKey journal, CancellationToken cancellation)
    {
        var right = true;
        await using var heads = new NpgsqlCommand("SELECT body, epoch, lease, size, root, sum FROM journals", connection);
        await using (var row = await heads.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                right &= RowSum.IsHead(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetInt32(5));
        await using var entries = new NpgsqlCommand(RowSum.EntriesOfNobody, connection);
        RowSum.CheckStrangers(journal, right, await entries.ExecuteScalarAsync(cancellation) is not null);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, JournalKey journal) =>
        new(sql, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = journal.Body }, new NpgsqlParameter<long> { TypedValue = journal.Epoch } },
        };
}
