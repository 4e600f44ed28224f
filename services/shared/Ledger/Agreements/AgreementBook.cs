namespace FundingFlows.Ledger;

/// <summary>The agreements that a body is a party to.</summary>
public sealed class AgreementBook
{
    /// <summary>The most bodies that an agreement can name above its funder, or below its recipient.</summary>
    public const int MostNamed = 1_024;

    private readonly Dictionary<EntryId, FundingAgreement> byId = [];
    private readonly List<FundingAgreement> known = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<FundingAgreement> All => known;

    public FundingAgreement? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>The active agreement by which one body funds another. Null: there is none.</summary>
    public FundingAgreement? Active(string funder, string recipient) => Between(funder, recipient, agreement => agreement.State == AgreementStage.Active);

    /// <summary>The agreement in force between two bodies, suspended or not. Null: there is none.</summary>
    public FundingAgreement? InForce(string funder, string recipient) => Between(funder, recipient, agreement => agreement.IsInForce);

    /// <summary>An agreement between two bodies that is proposed or in force. Null: there is none.</summary>
    public FundingAgreement? Open(string funder, string recipient) =>
        Between(funder, recipient, agreement => agreement.IsInForce || agreement.State == AgreementStage.Proposed);

    /// <summary>Whether one body ever funded another: then what is on its way between them passes, and so do reports and repayments.</summary>
    public bool Were(string funder, string recipient) => Between(funder, recipient, agreement => agreement.WasInForce) is not null;

    /// <summary>
    /// All bodies that this one has money from, directly or through others, as it knows: in byte order. Agreements that may run both
    /// ways do not count.
    /// </summary>
    public IReadOnlyList<string> FundersAbove(string body) =>
    [
        .. known.Where(agreement => agreement.Recipient == body && agreement.IsInForce && agreement.Clauses.IsOneWay)
            .SelectMany(agreement => agreement.Clauses.FundersAbove.Append(agreement.Funder))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// All bodies that have money from this one, directly or through others, or that it has proposed to fund, as it knows: in byte
    /// order. Agreements that may run both ways do not count.
    /// </summary>
    public IReadOnlyList<string> RecipientsBelow(string body) =>
    [
        .. known.Where(agreement => agreement.Funder == body && (agreement.IsInForce || agreement.State == AgreementStage.Proposed) && agreement.Clauses.IsOneWay)
            .SelectMany(agreement => agreement.RecipientsBelow.Append(agreement.Recipient))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether bodies, as another names them, can be read: in byte order, each once, and not too many.</summary>
    internal static bool AreWellFormed(IReadOnlyList<string> bodies) => bodies.Count <= MostNamed && AreInOrder(bodies);

    /// <summary>Whether bodies, as another names them, can be read: in byte order, each once.</summary>
    internal static bool AreInOrder(IReadOnlyList<string> bodies) =>
        bodies.All(Names.IsBody) && bodies.Zip(bodies.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    internal FundingAgreement this[EntryId id] => byId[id];

    internal void Add(FundingAgreement agreement)
    {
        byId.Add(agreement.Id, agreement);
        known.Add(agreement);
    }

    private FundingAgreement? Between(string funder, string recipient, Predicate<FundingAgreement> isSuch) =>
        known.Find(agreement => agreement.Funder == funder && agreement.Recipient == recipient && isSuch(agreement));
}
