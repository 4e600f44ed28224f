using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FundingFlows.Journal;

/// <summary>
/// What the index beside a write-ahead log of SQLite says of it. It lies in shared memory and is of use to whoever comes after a process that was
/// ended: it names no frame before that is durable. After a power cut it may be older than the log, or not there.
/// </summary>
/// <param name="Salts">Of which log.</param>
/// <param name="Frames">How many frames were committed.</param>
/// <param name="HoldsWhatIsNowhereElse">Whether some of them have not been carried over to the database: only where it is as the last process left it.</param>
internal sealed record SqliteLogIndex(ulong Salts, uint Frames, bool HoldsWhatIsNowhereElse)
{
    private const int HeaderBytes = 48;
    private const int SummedBytes = 40;
    private const int CarriedOver = 2 * HeaderBytes;
    private const int IsMade = 12;
    private const int Committed = 16;
    private const int SaltsAt = 32;

    /// <summary>Null: it is not there, or was being written.</summary>
    public static SqliteLogIndex? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        Span<byte> bytes = stackalloc byte[CarriedOver + 4];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                return null;
        if (!bytes[..HeaderBytes].SequenceEqual(bytes[HeaderBytes..CarriedOver]) || bytes[IsMade] == 0)
            return null;
        var numbers = MemoryMarshal.Cast<byte, uint>(bytes);
        if (!IsSum(numbers[..(SummedBytes / 4)], numbers[10], numbers[11]))
            return null;
        var frames = numbers[Committed / 4];
        return new SqliteLogIndex(BinaryPrimitives.ReadUInt64BigEndian(bytes[SaltsAt..]), frames, frames > numbers[CarriedOver / 4] && IsOfThisRun(path));
    }

    private static bool IsSum(ReadOnlySpan<uint> numbers, uint first, uint second)
    {
        var (one, two) = (0u, 0u);
        for (var i = 0; i < numbers.Length; i += 2)
            unchecked
            {
                one += numbers[i] + two;
                two += numbers[i + 1] + one;
            }
        return (one, two) == (first, second);
    }

    /// <summary>Whether the machine has run on since it was written: otherwise it may be older than all else.</summary>
    private static bool IsOfThisRun(string path)
    {
        const string Since = "btime ";
        return OperatingSystem.IsLinux() && File.Exists("/proc/stat")
            && File.ReadLines("/proc/stat").FirstOrDefault(line => line.StartsWith(Since, StringComparison.Ordinal)) is { } line
            && new DateTimeOffset(File.GetLastWriteTimeUtc(path)) > DateTimeOffset.FromUnixTimeSeconds(long.Parse(line[Since.Length..], CultureInfo.InvariantCulture));
    }
}
