using Google.Protobuf;
using Google.Protobuf.Collections;
using Delivery = FundingFlows.Ledger.Delivery;

namespace FundingFlows.Tiers;

/// <summary>Reads entries that came from another body. Throws <see cref="InvalidProtocolBufferException"/> when one cannot be read.</summary>
internal static class DeliveryReader
{
    /// <param name="epochAt">The epoch of the other's journal that is in force at an entry.</param>
    public static Delivery Read(string sender, Func<long, uint> epochAt, ulong sequence, RepeatedField<ByteString> entries)
    {
        List<DeliveredEntry> read = [.. entries.Select(bytes => new DeliveredEntry(Entry.Parser.ParseFrom(bytes), MerkleHash.Leaf(bytes.Span)))];
        return new Delivery(sender, epochAt(unchecked((long)read[0].Entry.Index)), (long)sequence, read);
    }
}
