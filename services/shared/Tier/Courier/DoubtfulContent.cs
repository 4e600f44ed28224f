using FundingFlows.Contracts.Peer.V1;
using Delivery = FundingFlows.Ledger.Delivery;

namespace FundingFlows.Tiers;

/// <summary>What is signed rightly and yet no honest body sends. It is answered by the rules, without effect; here it is only named.</summary>
internal static class DoubtfulContent
{
    public const string Altered = "CONTENT_ALTERED";
    private static readonly string NotAddressedHere = Refusal.Written($"{DeliveryRefusal.NotAddressedHere}");

    /// <summary>Why a delivery is doubtful. Null: it is not.</summary>
    /// <param name="wasRepeated">It had been decided before.</param>
    /// <param name="receipt">The answer that it is given.</param>
    public static string? ReasonOf(string receiver, Delivery delivery, bool wasRepeated, Receipt receipt) =>
        wasRepeated ? IsAltered(delivery, receipt) ? Altered : null
        : delivery.First is { } first && DeliveredFacts.AddressOf(first) is { } to && to.Body != receiver ? NotAddressedHere
        : null;

    /// <summary>Whether other words were decided under the same sequence: then it is those that the answer is to.</summary>
    private static bool IsAltered(Delivery delivery, Receipt receipt) =>
        receipt.Entries.Count > 0 && DeliveredFacts.AnsweredBy(Entry.Parser.ParseFrom(receipt.Entries[0]).Fact) is { } decided
        && !decided.LeafHashes.Select(hash => hash.ToByteArray()).SequenceEqual(delivery.Entries.Select(entry => entry.LeafHash), new SameBytes());

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
