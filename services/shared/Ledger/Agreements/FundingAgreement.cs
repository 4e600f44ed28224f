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
}

/// <summary>A funding agreement joins two bodies; only along one may money and awards move.</summary>
public sealed class FundingAgreement(EntryId id, string funder, string recipient)
{
    /// <summary>The entry that proposed it, in the funder's journal.</summary>
    public EntryId Id { get; } = id;

    public string Funder { get; } = funder;

    public string Recipient { get; } = recipient;

    public AgreementStage State { get; internal set; }

    /// <summary>The other party.</summary>
    public string Other(string body) => body == Funder ? Recipient : Funder;
}

/// <summary>The agreements that a body is a party to.</summary>
public sealed class AgreementBook
{
    private readonly Dictionary<EntryId, FundingAgreement> byId = [];
    private readonly List<FundingAgreement> known = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<FundingAgreement> All => known;

    public FundingAgreement? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>The active agreement by which one body funds another. Null: there is none.</summary>
    public FundingAgreement? Active(string funder, string recipient) => Between(funder, recipient, AgreementStage.Active);

    /// <summary>The agreement between two bodies at that stage. Null: there is none.</summary>
    public FundingAgreement? Between(string funder, string recipient, AgreementStage state) =>
        known.Find(agreement => agreement.Funder == funder && agreement.Recipient == recipient && agreement.State == state);

    internal FundingAgreement this[EntryId id] => byId[id];

    internal void Add(FundingAgreement agreement)
    {
        byId.Add(agreement.Id, agreement);
        known.Add(agreement);
    }
}
