namespace FundingFlows.Fire;

/// <summary>What a run can break on purpose, to show that it would be noticed.</summary>
internal enum Breakage
{
    /// <summary>An instance starts again from a copy of its journals from its beginning: it must get back from the auditor what it lost.</summary>
    OldCopy,

    /// <summary>The load remembers one acknowledged result otherwise than it was: that is a finding.</summary>
    AlteredResult,

    /// <summary>The load forgets one command that was acknowledged: its entry is one of a command that nobody gave.</summary>
    ForgottenCommand,

    /// <summary>The verifier is started to check nothing: it ends as if all held, and says so of no journal.</summary>
    IdleVerifier,

    /// <summary>The auditor is cut off from all bodies before something else is recorded: its view is not of all that there is.</summary>
    BehindAuditor,

    /// <summary>Nothing is killed, paused or cut: of a run of half a minute or longer, that is a finding.</summary>
    IdleDriver,
}
