namespace FundingFlows.Ledger;

/// <summary>A claim of a funder on money that it gave, as one of the two ends sees it.</summary>
public sealed class Clawback(EntryId id, EntryId award, Kind kind, EarmarkSet earmarks, long amountPence)
{
    /// <summary>The entry that claimed it, in the funder's journal.</summary>
    public EntryId Id { get; } = id;

    public EntryId Award { get; } = award;

    public Kind Kind { get; } = kind;

    public EarmarkSet Earmarks { get; } = earmarks;

    public long AmountPence { get; } = amountPence;

    /// <summary>What the funder took back of its claim, or had had back before the recipient heard of it, in pence, as far as it is known here.</summary>
    public long WithdrawnPence { get; internal set; }

    /// <summary>At the recipient: what was sent to meet it. At the funder: what has come. In pence.</summary>
    public long MetPence { get; internal set; }

    /// <summary>What of that was the recipient's own money, in pence.</summary>
    public long OwnPence { get; internal set; }

    /// <summary>At the recipient: the entry that recorded it, and holds money for it. Null at the funder.</summary>
    public EntryId? RecordedBy { get; internal set; }

    /// <summary>The recipient refused it for good.</summary>
    public bool IsRefused { get; internal set; }

    /// <summary>The recipient was abolished, and it goes on as claims on the successors; or the funder was, and the recipient alone succeeds it.</summary>
    public bool IsPassedOn { get; internal set; }

    /// <summary>What is still to be sent, or to come, in pence.</summary>
    public long OwedPence => IsRefused || IsPassedOn ? 0 : Math.Max(0, AmountPence - WithdrawnPence - MetPence);

    /// <summary>What was claimed and not withdrawn before it was met, in pence. Once all is known everywhere, both ends say the same.</summary>
    public long CountedPence => IsRefused ? 0 : IsPassedOn ? MetPence : Math.Max(AmountPence - WithdrawnPence, MetPence);
}

/// <summary>The claims that a body made or received.</summary>
public sealed class ClawbackBook
{
    private readonly Dictionary<EntryId, Clawback> byId = [];
    private readonly List<Clawback> known = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<Clawback> All => known;

    public Clawback? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>What is claimed of that money and was neither taken back nor met with it, in pence.</summary>
    public long ClaimedPence(EntryId award, Kind kind, EarmarkSet earmarks) =>
        Of(award, kind, earmarks).Sum(claim => claim.OwedPence + claim.OwnPence);

    /// <summary>What was ever claimed of that money, whatever it was met with, in pence. No more of it is claimed in all than came.</summary>
    public long EverClaimedPence(EntryId award, Kind kind, EarmarkSet earmarks) => Of(award, kind, earmarks).Sum(claim => claim.CountedPence);

    internal Clawback this[EntryId id] => byId[id];

    private IEnumerable<Clawback> Of(EntryId award, Kind kind, EarmarkSet earmarks) =>
        known.Where(claim => claim.Award == award && claim.Kind == kind && claim.Earmarks == earmarks);

    internal void Add(Clawback claim)
    {
        byId.Add(claim.Id, claim);
        known.Add(claim);
    }
}
