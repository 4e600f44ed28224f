namespace FundingFlows.Simulation;

/// <summary>Each thing that must hold.</summary>
internal enum Check
{
    /// <summary>Nothing happens that nobody foresaw: everything is answered, nothing ends by itself, the same seed is the same run.</summary>
    NothingUnforeseen,

    LinesBalance,
    TransfersMatch,
    FederationBalances,
    LotsInBounds,
    Containment,

    /// <summary>What is stored fits to what stands before it, and its root is its own.</summary>
    EntriesFit,

    /// <summary>No body stores another entry where it had stored one.</summary>
    NoFork,

    /// <summary>Who has told two histories says so, once somebody who has seen the first can be asked.</summary>
    ForksAreCaught,

    /// <summary>Nothing leaves an instance that is not durable.</summary>
    OnlyDurableIsTold,

    /// <summary>What somebody was told is recorded stays recorded.</summary>
    AcknowledgedStays,

    CommandsOnce,
    DeliveriesOnce,

    /// <summary>What a standing instruction passes on is each share once, to the penny, of the money that came.</summary>
    SharesOnce,

    /// <summary>It becomes quiet: instances serve, and everybody is answered.</summary>
    BecomesQuiet,

    /// <summary>Everything is delivered, and no money is in transit.</summary>
    EverythingArrives,

    /// <summary>Every follower has every entry, and believes the bodies.</summary>
    FollowersFollow,

    /// <summary>The auditor keeps nothing that a body does not have, and all its own checks hold.</summary>
    AuditorHolds,

    /// <summary>The auditor's forest is what the bodies' own books make.</summary>
    ForestMatches,
}

/// <summary>Something that must hold and does not.</summary>
/// <param name="Sentence">What is wrong.</param>
internal sealed record Breach(Check Check, string Sentence)
{
    public override string ToString() => Sentence;
}
