using System.Globalization;

namespace FundingFlows.Journal;

/// <summary>
/// The write-ahead log of a SQLite database, looked at before SQLite opens it. SQLite believes a log up to the first frame whose sum is wrong and
/// says nothing of what stood behind it: commits that were acknowledged. A crash tears the last commit alone, which nobody was told of.
/// </summary>
internal static class SqliteLog
{
    private const int Tries = 10;

    /// <summary>Throws <see cref="StoreException"/> for a log of which more than the last commit cannot be read, or less is there than was committed.</summary>
    /// <param name="database">The path of the database.</param>
    /// <param name="hasIndex">Whether the index beside the log may be looked at. A process that has the database open would lose its locks.</param>
    public static void Check(string database, bool hasIndex)
    {
        try
        {
            // Another process may be writing: what is damaged is found damaged again.
            LogDamage? before = null;
            for (var tried = 0; tried < Tries && Find(database, hasIndex) is { } found; tried++)
            {
                if (found == before)
                    throw new StoreException(StoreFault.Damaged, found.Sentence(database));
                before = found;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem);
        }
    }

    private static LogDamage? Find(string database, bool hasIndex)
    {
        var index = hasIndex ? SqliteLogIndex.Read(database + "-shm") : null;
        using var log = Open(database + "-wal");
        if (log is null || log.Length <= SqliteLogFrames.HeaderBytes)
            return index is { HoldsWhatIsNowhereElse: true } ? new LogDamage(0, 1) : null;
        if (SqliteLogFrames.Begin(log) is not { } frames)
            return new LogDamage(0, 0);
        var isTorn = frames.ReadWhole();
        return isTorn && frames.GoesOnBehind() || (index?.Salts == frames.Salts && index.Frames > frames.Whole)
            ? new LogDamage(frames.Salts, frames.Whole + 1) : null;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Where a log is damaged.</summary>
    /// <param name="Salts">Which log: each time that it is begun anew it has others.</param>
    /// <param name="Frame">The first that is not what was written, from 1. 0: its beginning.</param>
    private sealed record LogDamage(ulong Salts, long Frame)
    {
        public string Sentence(string database) => string.Create(
            CultureInfo.InvariantCulture,
            $"{database}-wal is damaged {(Frame == 0 ? "at its beginning" : $"from frame {Frame} on")}: what was committed there cannot be read. What to do is described in docs/operations.md, under “When something is wrong”.");
    }
}
