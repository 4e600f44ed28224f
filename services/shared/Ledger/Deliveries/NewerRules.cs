using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>
/// Whether an entry says something that these rules do not know, because newer ones wrote it. What is not understood is neither
/// decided nor believed: a restriction that is overlooked would be no restriction.
/// </summary>
public static class NewerRules
{
    private static readonly MessageParser<Entry> Known = Entry.Parser.WithDiscardUnknownFields(true);

    /// <summary>Fields that are not known are kept when a message is read, and make it longer than without them.</summary>
    public static bool Wrote(Entry entry) => Known.ParseFrom(entry.ToByteString()).CalculateSize() < entry.CalculateSize()
        || MessageForm.Of(Entry.Descriptor).HasUnknownValue(entry);
}
