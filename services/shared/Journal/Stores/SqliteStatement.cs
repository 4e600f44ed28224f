using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FundingFlows.Journal;

/// <summary>A statement that is prepared once and kept as long as its connection. It reads what it is given where that lies.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <param name="number">Of the parameter, from 1.</param>
    public void Bind(int number, long value) => Check(raw.sqlite3_bind_int64(statement, number, value));

    public void Bind(int number, string value) => Check(raw.sqlite3_bind_text(statement, number, value));

    public void Bind(int number, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(statement, number, value));

    public void BindNull(int number) => Check(raw.sqlite3_bind_null(statement, number));

    /// <summary>Does it, and answers with the first column of the first row. Null: there is no row. Throws <see cref="SqliteException"/>.</summary>
    public long? Run()
    {
        try
        {
            long? first = null;
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                first ??= raw.sqlite3_column_int64(statement, 0);
            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, connection);
            return first;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Goes on to the next row of what it reads. False: there is none. Throws <see cref="SqliteException"/>.</summary>
    public bool Next()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, connection);
        return code == raw.SQLITE_ROW;
    }

    /// <param name="column">Of the row, from 0.</param>
    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>Bytes where they lie, until the next row. None where there is nothing.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection);
}
