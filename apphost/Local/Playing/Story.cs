namespace FundingFlows.Local;

/// <summary>An attempt that was refused.</summary>
/// <param name="Attempt">Who tried what.</param>
/// <param name="Reason">The stable reason.</param>
/// <param name="RingFence">The ring-fence that it would have broken.</param>
/// <param name="Sentence">What the body answered.</param>
public sealed record RefusedAttempt(string Attempt, string Reason, string RingFence, string Sentence);

/// <summary>What happened when an instance was killed while money was on its way to it.</summary>
/// <param name="OnTheWayPence">What was on its way while it was dead.</param>
/// <param name="LostPence">What was sent to its bodies and never arrived, after it came back.</param>
public sealed record PowerCut(string Instance, long OnTheWayPence, long LostPence);

/// <summary>How the year ended.</summary>
/// <param name="Bodies">How many closed it.</param>
/// <param name="CarriedPence">What they carried into the next.</param>
/// <param name="SurrenderedPence">What went back to its source.</param>
public sealed record YearEnd(int Bodies, long CarriedPence, long SurrenderedPence);

/// <summary>What the auditor saw of a body that was abolished: all of it arrived.</summary>
/// <param name="HeldPence">What it held when others came to stand in its place.</param>
/// <param name="OnTheWayPence">What was on its way to it then.</param>
/// <param name="Received">What each successor has of it.</param>
public sealed record Abolition(string Name, long HeldPence, long OnTheWayPence, IReadOnlyList<(string Successor, long Pence)> Received);

/// <summary>What a council refused to pay for a forum, and paid after the forum's appeal was allowed.</summary>
/// <param name="UpheldPence">What it refused to another forum, whose appeal did not help.</param>
public sealed record OverruledRefusal(string Principal, string Agent, long AmountPence, long UpheldPence);

/// <summary>Two pots that became one.</summary>
/// <param name="Body">Who merged them.</param>
/// <param name="AmountPence">What went from the one into the other.</param>
/// <param name="Forum">Who has some of it now.</param>
/// <param name="WithOriginPence">What of that still says that it was issued in the other.</param>
public sealed record MergedPots(string Body, long AmountPence, string Forum, long WithOriginPence);

/// <summary>Several pots that became one fund, which went down the tiers.</summary>
/// <param name="Body">Who merged them.</param>
/// <param name="Forum">Who has some of it now.</param>
/// <param name="Origins">The pots by their titles, and what the forum has of each.</param>
/// <param name="Refused">What was answered when the fund was to be merged into one that its terms do not name.</param>
/// <param name="Waited">What was answered when more of it was to be released to the forum before it had reported. Null: it had.</param>
public sealed record OnePot(string Body, string Forum, IReadOnlyList<(string Pot, long Pence)> Origins, string Refused, string? Waited);

/// <summary>Money that a funder claimed back.</summary>
/// <param name="SpentPence">What of it was spent already, and was met with other money.</param>
/// <param name="WithdrawnPence">What of that the funder let go.</param>
public sealed record ClaimedBack(string Funder, string Recipient, long AmountPence, long SpentPence, long WithdrawnPence);

/// <summary>A forum that was closed.</summary>
/// <param name="Council">Who had funded it.</param>
/// <param name="RepaidPence">What of that it sent back.</param>
public sealed record WoundUp(string Forum, string Council, long GivenPence, long RepaidPence);

/// <summary>What the sample year did, as far as the books do not say it.</summary>
/// <param name="PaymentToFollow">A payment of a forum, at the end of the longest way.</param>
/// <param name="YearEnd">Null: no body closed it.</param>
/// <param name="Attribution">What came of awards that are attributed to councils. Null: the sample year.</param>
/// <param name="Abolition">Null: no body was abolished.</param>
/// <param name="Overruled">Null: no council keeps a forum's money.</param>
/// <param name="Merged">Null: no pots were merged.</param>
/// <param name="OnePot">Null: no pots became one.</param>
/// <param name="ClaimedBack">Null: nothing was claimed back.</param>
/// <param name="WoundUp">Null: no forum was closed.</param>
/// <param name="Settlement">What was promised over years. Null: the sample year alone.</param>
/// <param name="Working">Why a council gets what it gets of the Place Fund. Null: no combined authority funds one.</param>
public sealed record Story(string PaymentToFollow, IReadOnlyList<RefusedAttempt> Refused, PowerCut? PowerCut, YearEnd? YearEnd = null, Attribution? Attribution = null, Abolition? Abolition = null,
    OverruledRefusal? Overruled = null, MergedPots? Merged = null, OnePot? OnePot = null, ClaimedBack? ClaimedBack = null, WoundUp? WoundUp = null, string? Working = null, TenYearPromise? Settlement = null);
