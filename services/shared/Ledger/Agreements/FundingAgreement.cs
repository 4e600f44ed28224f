namespace FundingFlows.Ledger;

/// <summary>How far an agreement has come at the body whose books these are.</summary>
public enum AgreementStage
{
    /// <summary>Proposed; not known to be accepted.</summary>
    Proposed,

    /// <summary>Accepted: money and awards may move.</summary>
    Active,

    /// <summary>The other body refused it for good.</summary>
    Refused,

    /// <summary>A party has suspended it: no new awards, no releases.</summary>
    Suspended,

    /// <summary>A party has ended it for good.</summary>
    Ended,
}

/// <summary>What a party did to an agreement.</summary>
public enum AgreementChange
{
    Suspended,
    Resumed,
    Ended,
}

/// <summary>A party's change to an agreement.</summary>
/// <param name="At">The entry in that party's journal.</param>
/// <param name="Reason">Why, in words that the party keeps.</param>
public sealed record AgreementStep(AgreementChange Change, EntryId At, DocumentDigest Reason);

/// <summary>What an agreement says: as it is proposed, and as it arrives.</summary>
/// <param name="AccountableBody">The body that keeps the recipient's money and pays for it. Empty: none.</param>
/// <param name="FundersAbove">All that the funder has money from, directly or through others, as it knew when it proposed.</param>
public sealed record AgreementClauses(AgreementBasis Basis, string AccountableBody, IReadOnlyList<string> FundersAbove)
{
    /// <summary>Whether only councils make it, with one another.</summary>
    public bool IsForCouncils => Basis is AgreementBasis.LeadAuthority or AgreementBasis.SharedService;

    /// <summary>Whether it may be part of no circle. A shared service may run both ways.</summary>
    public bool IsOneWay => Basis != AgreementBasis.SharedService;

    /// <summary>Older versions wrote no basis: theirs is funding.</summary>
    public static AgreementBasis BasisOf(AgreementBasis written) => written == AgreementBasis.Unspecified ? AgreementBasis.Funding : written;
}

/// <summary>A funding agreement joins two bodies; only along one may money and awards move.</summary>
public sealed class FundingAgreement(EntryId id, string funder, string recipient, AgreementClauses clauses)
{
    private readonly SortedSet<string> suspendedBy = new(StringComparer.Ordinal);
    private readonly List<AgreementStep> steps = [];
    private AgreementStage reached;

    /// <summary>The entry that proposed it, in the funder's journal.</summary>
    public EntryId Id { get; } = id;

    public string Funder { get; private set; } = funder;

    public string Recipient { get; } = recipient;

    public AgreementClauses Clauses { get; private set; } = clauses;

    public AgreementStage State => reached == AgreementStage.Active && suspendedBy.Count > 0 ? AgreementStage.Suspended : reached;

    /// <summary>The parties that have it suspended, in the order of their ids.</summary>
    public IReadOnlyCollection<string> SuspendedBy => suspendedBy;

    /// <summary>What the parties did to it, in the order in which it became known here.</summary>
    public IReadOnlyList<AgreementStep> Steps => steps;

    /// <summary>At the funder: all that have money from the recipient, directly or through others, as it knew when it accepted.</summary>
    public IReadOnlyList<string> RecipientsBelow { get; private set; } = [];

    /// <summary>At the funder: the entry that accepted it, in the recipient's journal; the last one, where that was lost and it was accepted again. Null: none.</summary>
    public EntryId? Acceptance { get; internal set; }

    /// <summary>Accepted and not ended.</summary>
    public bool IsInForce => reached == AgreementStage.Active;

    /// <summary>Whether it was ever in force here: then what is on its way under it passes, and so do reports and repayments.</summary>
    public bool WasInForce { get; private set; }

    /// <summary>Whether something may still come of it.</summary>
    public bool IsOpen => State is not (AgreementStage.Refused or AgreementStage.Ended);

    /// <summary>The other party.</summary>
    public string Other(string body) => body == Funder ? Recipient : Funder;

    /// <summary>It is accepted: nothing changes when a party has ended it meanwhile.</summary>
    internal void Accepted(IReadOnlyList<string> recipientsBelow)
    {
        RecipientsBelow = recipientsBelow;
        WasInForce = true;
        if (reached == AgreementStage.Proposed)
            reached = AgreementStage.Active;
    }

    /// <summary>It goes on from another agreement, as that was.</summary>
    internal void Continue(IReadOnlyList<string> recipientsBelow, bool suspended, bool ended)
    {
        Accepted(recipientsBelow);
        if (suspended)
            suspendedBy.Add(Funder);
        if (ended)
            reached = AgreementStage.Ended;
    }

    /// <summary>The other party was abolished: another funds in its place or, where nobody does, it is over.</summary>
    /// <param name="taker">Empty: nobody.</param>
    /// <param name="ends">It is over also where another funds: what was given under it still goes back.</param>
    internal void Pass(string taker, bool ends)
    {
        var goesOn = taker.Length > 0 && WasInForce;
        if (goesOn)
            Funder = taker;
        if ((!goesOn || ends) && reached != AgreementStage.Refused)
            reached = AgreementStage.Ended;
    }

    /// <summary>Who kept the recipient's money was abolished.</summary>
    internal void ChangeAccountableBody(string predecessor, string taker)
    {
        if (Clauses.AccountableBody == predecessor)
            Clauses = Clauses with { AccountableBody = taker };
    }

    internal void Refused()
    {
        if (reached != AgreementStage.Ended)
            reached = AgreementStage.Refused;
    }

    internal void Add(AgreementStep step)
    {
        steps.Add(step);
        switch (step.Change)
        {
            case AgreementChange.Suspended: suspendedBy.Add(step.At.Body); break;
            case AgreementChange.Resumed: suspendedBy.Remove(step.At.Body); break;
            default: reached = AgreementStage.Ended; break;
        }
    }
}
