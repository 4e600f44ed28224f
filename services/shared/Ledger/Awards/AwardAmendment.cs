namespace FundingFlows.Ledger;

/// <summary>How far an amendment has come at the body whose books these are.</summary>
public enum AmendmentStage
{
    Offered,

    /// <summary>At the recipient, which does not know yet whether it is in force.</summary>
    Accepted,

    /// <summary>It is, or was, a version of its award.</summary>
    InForce,

    Declined,

    /// <summary>It was accepted too late, the other body refused it for good, or the award was over before.</summary>
    Lapsed,
}

/// <summary>What a funder offers in place of an award's promises.</summary>
public sealed class AwardAmendment(EntryId id, IReadOnlyList<Promise> promises)
{
    /// <summary>The entry that offered it, in the funder's journal.</summary>
    public EntryId Id { get; } = id;

    /// <summary>All that the award would promise.</summary>
    public IReadOnlyList<Promise> Promises { get; } = promises;

    public AmendmentStage State { get; internal set; }

    /// <summary>The entry that accepted it, in the recipient's journal; the last one, where that was lost and it was accepted again. Null: none.</summary>
    public EntryId? Acceptance { get; internal set; }

    /// <summary>What it promises for just these uses, in pence.</summary>
    public long PenceOf(AwardPromise promise) => Promises.FirstOrDefault(promise.IsFor)?.AmountPence ?? 0;
}

/// <summary>What an award promised from one acceptance to the next.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Offered">The entry that offered it, in the funder's journal.</param>
/// <param name="Acceptance">The entry that accepted it, in the recipient's journal. Null: none that is known here.</param>
public sealed record AwardVersion(int Number, IReadOnlyList<Promise> Promises, EntryId Offered, EntryId? Acceptance);
