using Google.Protobuf;
using Google.Protobuf.Collections;
using Delivery = FundingFlows.Ledger.Delivery;

namespace FundingFlows.Tiers;

/// <summary>Reads entries that came from another body. Throws <see cref="InvalidProtocolBufferException"/> when one cannot be read.</summary>
internal static class DeliveryReader
{
    public static Delivery Read(string sender, uint epoch, ulong sequence, RepeatedField<ByteString> entries) => new(
        sender, epoch, (long)sequence,
        [.. entries.Select(bytes => new DeliveredEntry(Entry.Parser.ParseFrom(bytes), MerkleHash.Leaf(bytes.Span)))]);
}
