using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FundingFlows.Journal;

/// <summary>
/// Sums (CRC-32C) that the stores keep beside what they keep. The Merkle root says that a journal was altered; the sum of a row
/// says which entry it was. A change of a single byte always changes it. It is no proof against somebody who means harm: the root is.
/// </summary>
internal static class RowSum
{
    /// <summary>One journal that entries name and that there is not, in the SQL of every store. It looks at one entry of each journal.</summary>
    public const string EntriesOfNobody = """
        WITH RECURSIVE named (journal) AS (
          SELECT min(journal) FROM entries
          UNION ALL SELECT (SELECT min(e.journal) FROM entries e WHERE e.journal > named.journal) FROM named WHERE named.journal IS NOT NULL)
        SELECT journal FROM named WHERE journal IS NOT NULL AND journal NOT IN (SELECT id FROM journals) LIMIT 1
        """;

    /// <summary>What the sums of all entries of a journal begin with.</summary>
    public static uint Of(JournalKey journal)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (uint)journal.Body.Length);
        foreach (var letter in journal.Body)
            sum = BitOperations.Crc32C(sum, letter);
        return BitOperations.Crc32C(sum, journal.Epoch);
    }

    /// <param name="journal">What the sums of its journal begin with.</param>
    /// <param name="command">The id of the command that the entry begins: 16 bytes, or none.</param>
    public static int OfEntry(uint journal, long place, ReadOnlySpan<byte> command, ReadOnlySpan<byte> bytes) =>
        unchecked((int)Add(Add(BitOperations.Crc32C(journal, (ulong)place), command), bytes));

    /// <summary>Of how far a journal has come, and who may go on.</summary>
    public static int OfHead(JournalLease lease) =>
        unchecked((int)Add(BitOperations.Crc32C(BitOperations.Crc32C(Of(lease.Journal), (ulong)lease.Number), (ulong)lease.Size), lease.Root));

    /// <summary>Whether what stands beside the entries of a journal is as it was written.</summary>
    public static bool IsHead(string body, long epoch, long number, long size, byte[] root, long sum) =>
        epoch is >= 0 and <= uint.MaxValue && sum == OfHead(new JournalLease(new JournalKey(body, (uint)epoch), number, size, root));

    /// <summary>A row that was read, which must be the one of that place, as it was written. Throws <see cref="JournalCorruptException"/>.</summary>
    public static void Check(JournalKey journal, long expected, long place, long sum, ReadOnlySpan<byte> command, ReadOnlySpan<byte> bytes)
    {
        if (place != expected)
            throw JournalCorruptException.AsStored(journal, $"entry {expected} is missing");
        if (sum != OfEntry(Of(journal), place, command, bytes))
            throw JournalCorruptException.AsStored(journal, $"entry {place} was altered");
    }

    /// <summary>The same for how far the journal has come.</summary>
    public static void Check(JournalLease lease, long sum)
    {
        if (sum != OfHead(lease))
            throw JournalCorruptException.AsStored(lease.Journal, "what stands beside its entries (lease, size and root) was altered");
    }

    /// <summary>
    /// Before a journal is begun: it may be there already under another name, because its row was altered or removed. Then nothing
    /// is begun, until it can be told again whose entries the store holds.
    /// </summary>
    /// <param name="areHeadsRight">Whether all that stand beside the entries of other journals are as they were written.</param>
    /// <param name="isOfNobody">Whether the store holds entries of a journal that there is not.</param>
    public static void CheckStrangers(JournalKey journal, bool areHeadsRight, bool isOfNobody)
    {
        if (isOfNobody || !areHeadsRight)
            throw JournalCorruptException.AsStored(journal, "it is not there, and the store holds entries of which it cannot be told whose they are");
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        sum = BitOperations.Crc32C(sum, (uint)bytes.Length);
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes))
            sum = BitOperations.Crc32C(sum, BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight));
        foreach (var one in bytes[(bytes.Length & ~7)..])
            sum = BitOperations.Crc32C(sum, one);
        return sum;
    }
}
