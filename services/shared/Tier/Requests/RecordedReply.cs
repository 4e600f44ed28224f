using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>The part of every command's reply that says where it is recorded.</summary>
public static class RecordedReply
{
    public static Recorded ToRecorded(this Outcome outcome) => new()
    {
        Entry = outcome.First.ToString(),
        Reference = outcome.First.ToRef(),
        Entries = (uint)outcome.Entries,
        LeafHash = UnsafeByteOperations.UnsafeWrap(outcome.LeafHash),
        RecordedAt = outcome.RecordedAt,
    };
}
