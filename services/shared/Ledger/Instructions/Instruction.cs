namespace FundingFlows.Ledger;

/// <summary>What has become of an instruction at the body whose books these are.</summary>
public enum InstructionStage
{
    /// <summary>Given, and not known to be decided.</summary>
    Open,

    /// <summary>The accountable body has paid.</summary>
    Executed,

    /// <summary>The accountable body has refused to, on a recorded ground.</summary>
    Refused,

    /// <summary>The accountable body never took it up: it came when nobody kept the money there any more, or that body was abolished first.</summary>
    Returned,
}

/// <summary>A payment that a forum has decided and its accountable body is to make.</summary>
/// <param name="id">The (first) entry that gave it, in the principal's journal.</param>
/// <param name="since">The entry from which on it is known here.</param>
/// <param name="principal">The forum, whose money it is.</param>
/// <param name="agent">The accountable body, which pays.</param>
public sealed class Instruction(EntryId id, EntryId since, EntryId custody, string principal, string agent, PaymentMade payment, bool settlesLiability)
{
    public EntryId Id { get; } = id;

    public EntryId Since { get; } = since;

    public EntryId Custody { get; } = custody;

    public string Principal { get; } = principal;

    public string Agent { get; } = agent;

    /// <summary>What is to be paid, without its pieces: those are in the principal's hold of this id.</summary>
    public PaymentMade Payment { get; } = Bare(payment);

    /// <summary>Whether it settles a liability: then it may be paid after its year too.</summary>
    public bool SettlesLiability { get; } = settlesLiability;

    public InstructionStage Stage { get; private set; }

    /// <summary>The entry that executed it, in the agent's journal. Null: none has.</summary>
    public EntryId? ExecutedAt { get; private set; }

    /// <summary>The day on which the agent paid.</summary>
    public DateOnly? PaidOn { get; private set; }

    /// <summary>What shows that the agent paid, in a document there.</summary>
    public DocumentDigest? BankEvidence { get; private set; }

    /// <summary>The payment, in the principal's journal. Null: not paid, or these are the agent's books.</summary>
    public EntryId? PaidAs { get; internal set; }

    /// <summary>Why it was refused. Null: it was not.</summary>
    public RecordedRefusal? Refusal { get; private set; }

    /// <summary>The principal's appeal against the refusal. Null: there was none.</summary>
    public Appeal? Appeal { get; internal set; }

    /// <summary>The refused instruction that this one repeats. Null: none.</summary>
    public EntryId? AfterAppeal => Payment.AfterAppeal is { } refused ? EntryId.From(refused) : null;

    /// <summary>The instruction that repeats this one, after its appeal was allowed. Null: none does.</summary>
    public EntryId? RepeatedBy { get; internal set; }

    /// <summary>Whether somebody is still to decide about it.</summary>
    public bool IsOpen => Stage == InstructionStage.Open || Appeal is { Stage: AppealStage.Open };

    /// <summary>Whether it may be paid on a day: in the year that it counts in, and before a loan is to be repaid.</summary>
    public bool MayBePaidOn(DateOnly day) =>
        (SettlesLiability ? Years.Of(day) >= Payment.FinancialYear : Years.Of(day) == Payment.FinancialYear)
        && (Payment.RepayableBy is not { } by || day <= Dates.From(by));

    /// <summary>Whether it is a payment for a project of the principal.</summary>
    public bool IsFor(EntryId project) => EntryId.From(Payment.Project) == project;

    /// <summary>Whether another payment is this one, made again: of the same money, to the same payee, for the same thing.</summary>
    public bool IsFor(PaymentMade other) => Essence(Payment).Equals(Essence(other));

    internal void Execute(EntryId at, DateOnly paidOn, DocumentDigest evidence)
    {
        Stage = InstructionStage.Executed;
        (ExecutedAt, PaidOn, BankEvidence) = (at, paidOn, evidence);
    }

    internal void Refuse(RecordedRefusal refusal)
    {
        Stage = InstructionStage.Refused;
        Refusal = refusal;
    }

    internal void Return() => Stage = InstructionStage.Returned;

    internal static PaymentMade Bare(PaymentMade payment)
    {
        var bare = payment.Clone();
        bare.Pieces.Clear();
        return bare;
    }

    /// <summary>What may not differ when it is instructed again. A year may have ended meanwhile, and other papers may show more.</summary>
    private static PaymentMade Essence(PaymentMade payment)
    {
        var essence = Bare(payment);
        essence.FinancialYear = 0;
        essence.PaidOn = null;
        essence.Evidence = essence.Narrative = essence.PayeeName = null;
        essence.Preparation = essence.OutOf = essence.AfterAppeal = null;
        return essence;
    }
}

/// <summary>Why an accountable body refused to pay.</summary>
/// <param name="At">The entry that refused it, in the agent's journal.</param>
/// <param name="Refuser">Handle of the person who did. Known to the agent alone; empty at the principal.</param>
/// <param name="Reasons">In full; a document of the agent, not public.</param>
/// <param name="PublicText">For anyone to read; a document of the agent.</param>
public sealed record RecordedRefusal(EntryId At, string Refuser, RefusalGround Ground, DateOnly On, DocumentDigest Reasons, DocumentDigest PublicText);

/// <summary>What has become of an appeal.</summary>
public enum AppealStage
{
    /// <summary>Made, and not known to be decided.</summary>
    Open,

    /// <summary>The refusal stands.</summary>
    Upheld,

    /// <summary>The payment may be instructed again, and is not refused again on that ground.</summary>
    Allowed,

    /// <summary>The accountable body has refused to take it at all, or was abolished before it decided.</summary>
    NotTaken,
}

/// <summary>A forum's appeal against a refusal.</summary>
/// <param name="at">The entry that made it, in the principal's journal.</param>
public sealed class Appeal(EntryId at, DocumentDigest reasons)
{
    public EntryId At { get; } = at;

    /// <summary>Why, in a document of the principal.</summary>
    public DocumentDigest Reasons { get; } = reasons;

    public AppealStage Stage { get; internal set; }

    /// <summary>The entry that decided it, in the agent's journal. Null: none has.</summary>
    public EntryId? DecidedAt { get; private set; }

    /// <summary>Why it was decided so, in a document of the agent.</summary>
    public DocumentDigest? DecisionReasons { get; private set; }

    internal void Decide(EntryId at, bool allowed, DocumentDigest reasons)
    {
        Stage = allowed ? AppealStage.Allowed : AppealStage.Upheld;
        (DecidedAt, DecisionReasons) = (at, reasons);
    }
}
