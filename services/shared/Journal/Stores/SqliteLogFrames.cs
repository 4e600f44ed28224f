using System.Buffers.Binary;

namespace FundingFlows.Journal;

/// <summary>
/// The frames of a write-ahead log of SQLite, as its file format describes them: a header of 32 bytes, then pages, each with 24 bytes before it. A
/// frame counts when it has the header's salts and the sum over all frames up to it; one that says how many pages the database has ends a commit.
/// </summary>
internal sealed class SqliteLogFrames
{
    public const int HeaderBytes = 32;
    private const int FrameBytes = 24;
    private const uint Magic = 0x377f0682;
    private const uint Format = 3_007_000;
    private readonly Stream log;
    private readonly bool isBigEndian;
    private byte[] frame;
    private byte[] before;
    private (uint, uint) sum;

    private SqliteLogFrames(Stream log, ReadOnlySpan<byte> header)
    {
        this.log = log;
        isBigEndian = (header[3] & 1) > 0;
        frame = new byte[FrameBytes + (int)Number(header, 8)];
        before = new byte[frame.Length];
        Salts = BinaryPrimitives.ReadUInt64BigEndian(header[16..]);
        sum = Sum(header[..24], (0, 0));
    }

    /// <summary>Two numbers that are others each time that the log is begun anew.</summary>
    public ulong Salts { get; }

    /// <summary>How many frames count, from the first.</summary>
    public long Whole { get; private set; }

    /// <summary>Null: its beginning is not one.</summary>
    public static SqliteLogFrames? Begin(Stream log)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        log.ReadExactly(header);
        var pageSize = Number(header, 8);
        if ((Number(header, 0) & ~1u) != Magic || Number(header, 4) != Format || pageSize is < 512 or > 65_536 || !System.Numerics.BitOperations.IsPow2(pageSize))
            return null;
        var frames = new SqliteLogFrames(log, header);
        return frames.sum == Sums(header) ? frames : null;
    }

    /// <summary>Goes on to the first frame that does not count. False: there is none.</summary>
    public bool ReadWhole()
    {
        while (Next())
        {
            var next = Sum(frame.AsSpan(FrameBytes), Sum(frame.AsSpan(0, 8), sum));
            if (Number(frame, 0) == 0 || !IsOfThis || next != Sums(frame))
                return true;
            (sum, Whole) = (next, Whole + 1);
        }
        return false;
    }

    /// <summary>
    /// Whether behind a frame that does not count another commit was begun: one is begun only when the one before is durable. What a log still holds
    /// of an earlier time is no such thing, since it does not follow.
    /// </summary>
    public bool GoesOnBehind()
    {
        var computed = Sum(frame.AsSpan(FrameBytes), Sum(frame.AsSpan(0, 8), sum));
        for (var isFirst = true; ; isFirst = false)
        {
            var (wasCommit, wasOfThis, given) = (Number(frame, 4) > 0, IsOfThis, Sums(frame));
            (frame, before) = (before, frame);
            if (!Next())
                return false;
            if (wasCommit && (wasOfThis || isFirst) && IsOfThis && (Follows(given) || (isFirst && Follows(computed))))
                return true;
        }
    }

    private bool IsOfThis => BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) == Salts;

    private bool Follows((uint, uint) earlier) => Sum(frame.AsSpan(FrameBytes), Sum(frame.AsSpan(0, 8), earlier)) == Sums(frame);

    private bool Next() => log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length;

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    /// <summary>What stands in the last eight bytes of what comes before a page, or of the header.</summary>
    private static (uint, uint) Sums(ReadOnlySpan<byte> bytes) => bytes.Length == HeaderBytes ? (Number(bytes, 24), Number(bytes, 28)) : (Number(bytes, 16), Number(bytes, 20));

    private (uint, uint) Sum(ReadOnlySpan<byte> bytes, (uint, uint) from)
    {
        var (one, two) = from;
        unchecked
        {
            for (; bytes.Length > 0; bytes = bytes[8..])
                if (isBigEndian)
                {
                    one += BinaryPrimitives.ReadUInt32BigEndian(bytes) + two;
                    two += BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) + one;
                }
                else
                {
                    one += BinaryPrimitives.ReadUInt32LittleEndian(bytes) + two;
                    two += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + one;
                }
        }
        return (one, two);
    }
}
