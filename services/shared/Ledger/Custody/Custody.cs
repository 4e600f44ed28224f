namespace FundingFlows.Ledger;

/// <summary>How far a custody has come at the body whose books these are.</summary>
public enum CustodyStage
{
    /// <summary>Proposed; not known to be accepted.</summary>
    Proposed,

    /// <summary>The agent keeps the principal's money and pays for it.</summary>
    Active,

    /// <summary>The other body refused it for good.</summary>
    Refused,

    /// <summary>One of the two has ended it, or was abolished.</summary>
    Ended,
}

/// <summary>An accountable body keeps a forum's money. The money stands in the forum's books: it is the principal, the other its agent.</summary>
public sealed class Custody(EntryId id, string principal, string agent)
{
    /// <summary>The entry that proposed it, in the principal's journal.</summary>
    public EntryId Id { get; } = id;

    public string Principal { get; } = principal;

    public string Agent { get; private set; } = agent;

    public CustodyStage State { get; private set; }

    /// <summary>At the principal: the entry that accepted it, in the agent's journal; the last one, where that was lost and it was accepted again. Null: none.</summary>
    public EntryId? Acceptance { get; internal set; }

    /// <summary>The entry that ended it, in the journal of the body that did. Null: nobody has; when it is over, it was by an abolition.</summary>
    public EntryId? EndedAt { get; private set; }

    /// <summary>Why it was ended, in words that the body keeps that did.</summary>
    public DocumentDigest? Reason { get; private set; }

    /// <summary>Whether it is asked for, or there.</summary>
    public bool IsOpen => State is CustodyStage.Active or CustodyStage.Proposed;

    /// <summary>The other of the two.</summary>
    public string Other(string body) => body == Principal ? Agent : Principal;

    /// <summary>It is accepted: nothing changes when one of the two has ended it meanwhile.</summary>
    internal void Accepted()
    {
        if (State == CustodyStage.Proposed)
            State = CustodyStage.Active;
    }

    /// <summary>One of the two was abolished: another keeps the money or, where nobody does, or nobody had accepted to, it is over.</summary>
    /// <param name="taker">Empty: nobody.</param>
    internal void Pass(string taker)
    {
        if (State == CustodyStage.Active && taker.Length > 0)
            Agent = taker;
        else if (IsOpen)
            State = CustodyStage.Ended;
    }

    internal void Refused()
    {
        if (State != CustodyStage.Ended)
            State = CustodyStage.Refused;
    }

    internal void End(EntryId at, DocumentDigest reason)
    {
        State = CustodyStage.Ended;
        (EndedAt, Reason) = (at, reason);
    }
}

/// <summary>The custodies that a body is in, as principal or as agent.</summary>
public sealed class CustodyBook
{
    private readonly Dictionary<EntryId, Custody> byId = [];
    private readonly List<Custody> known = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<Custody> All => known;

    public Custody? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>The custody of a body's own money. Null: it has an account of its own.</summary>
    public Custody? Of(string principal) => known.Find(custody => custody.Principal == principal && custody.State == CustodyStage.Active);

    /// <summary>The custody of a body's own money that there is or that it has asked for. Null: there is none.</summary>
    public Custody? Open(string principal) =>
        known.Find(custody => custody.Principal == principal && custody.IsOpen);

    internal Custody this[EntryId id] => byId[id];

    internal void Add(Custody custody)
    {
        byId.Add(custody.Id, custody);
        known.Add(custody);
    }
}
