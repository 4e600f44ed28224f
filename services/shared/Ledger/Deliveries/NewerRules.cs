namespace FundingFlows.Ledger;

/// <summary>
/// Whether an entry says something that these rules do not know, because newer ones wrote it. What is not understood is neither
/// decided nor believed: a restriction that is overlooked would be no restriction.
/// </summary>
public static class NewerRules
{
    /// <summary>Fields and values that are not known are kept when a message is read.</summary>
    public static bool Wrote(Entry entry) => MessageForm.Of(Entry.Descriptor).HasUnknown(entry);
}
