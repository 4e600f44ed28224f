namespace FundingFlows.Journal;

/// <summary>Looks at the genesis of a journal that was begun before.</summary>
internal static class GenesisCheck
{
    /// <summary>
    /// Whether a journal is that of the body that opens it: what makes a body this one, and nothing else. A body may be called
    /// otherwise in its settings than when it began, and what is added to the form of a genesis later is not in older ones.
    /// </summary>
    public static void Compare(Genesis stored, Genesis now)
    {
        if (stored.FormatVersion > Sequencer.FormatVersion)
            throw new JournalCorruptException(
                $"The journal of {now.Body} is written in a newer form ({stored.FormatVersion}) than this program knows ({Sequencer.FormatVersion}).");
        (string What, bool Differs)[] all =
        [
            ("federation", stored.Federation != now.Federation),
            ("body", stored.Body != now.Body),
            ("epoch", stored.Epoch != now.Epoch),
            ("origin", stored.Origin != now.Origin),
            ("public key", !stored.PublicKey.Equals(now.PublicKey)),
            ("registering body", stored.RegisteringBody != now.RegisteringBody),
            ("tier", stored.Tier != now.Tier),
        ];
        var differing = all.Where(one => one.Differs).Select(one => one.What).ToList();
        if (differing.Count > 0)
            throw new JournalCorruptException($"The journal of {now.Body} was begun for {stored.Origin} with another {string.Join(" and another ", differing)} than it is opened with.");
    }
}
