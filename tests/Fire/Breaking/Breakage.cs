namespace FundingFlows.Fire;

/// <summary>What a run can break on purpose, to show that it would be noticed.</summary>
internal enum Breakage
{
    /// <summary>An instance starts again from a copy of its journals from its beginning: it must get back from the auditor what it lost.</summary>
    OldCopy,

    /// <summary>The load remembers one acknowledged result otherwise than it was: that is a finding.</summary>
    AlteredResult,
}
