namespace FundingFlows.Ledger;

/// <summary>How far an award has come at the body whose books these are.</summary>
public enum AwardStage
{
    Offered,

    /// <summary>A commitment.</summary>
    Accepted,

    Declined,

    /// <summary>The other body refused it for good.</summary>
    Refused,
}

/// <summary>One promise of an award, and what was released against it.</summary>
public sealed class AwardPromise(Promise promise, long amountPence)
{
    public AwardPromise(Promise promise)
        : this(promise, promise.AmountPence)
    {
    }

    public int Year { get; } = promise.FinancialYear;

    public Kind Kind { get; } = promise.Kind;

    public EarmarkSet Earmarks { get; } = EarmarkSet.Of(promise.Earmarks);

    public long AmountPence { get; internal set; } = amountPence;

    /// <summary>At the funder: released, and not reversed. At the recipient: received. Repayments never restore it.</summary>
    public long ReleasedPence { get; internal set; }

    /// <summary>At the funder: what can no longer be released, because the year of the promise is closed.</summary>
    public long LapsedPence { get; internal set; }

    public long LeftPence => AmountPence - ReleasedPence - LapsedPence;

    /// <summary>At the recipient: what was accepted in its place, and may be in force at the funder already, in pence.</summary>
    internal long AcceptedPence { get; set; }

    /// <summary>At the recipient: the most that may still come against it, in pence.</summary>
    public long MayComePence => Math.Max(AmountPence, AcceptedPence) - ReleasedPence - LapsedPence;

    /// <summary>Whether a promise of a fact is for the same year, kind and earmarks.</summary>
    public bool IsFor(Promise other) => other.FinancialYear == Year && other.Kind == Kind && EarmarkSet.Of(other.Earmarks) == Earmarks;

    /// <summary>The promise as facts write it.</summary>
    public Promise AsPromise() => new()
    {
        FinancialYear = Year,
        Kind = Kind,
        Earmarks = { Earmarks.Names },
        AmountPence = AmountPence,
    };
}

/// <summary>A promise of one body to fund another: amounts for each year, kind and earmarks, with the fund's terms.</summary>
public sealed class FundingAward(
    EntryId id, EntryId agreement, string funder, string recipient, FundTerms terms, IEnumerable<Promise> promises, IEnumerable<FundTerms> earlierTerms)
{
    public const int MostPromises = 120;

    private readonly List<AwardPromise> all = [.. promises.Select(promise => new AwardPromise(promise))];
    private List<AwardAmendment>? amendments;
    private IReadOnlyList<Promise>? first;
    private int added;

    /// <summary>The entry that offered it, in the funder's journal.</summary>
    public EntryId Id { get; } = id;

    public EntryId Agreement { get; } = agreement;

    public string Funder { get; private set; } = funder;

    public string Recipient { get; } = recipient;

    public FundTerms Terms { get; } = terms;

    /// <summary>The terms of its fund, and all others that the promised money may stand under.</summary>
    public IReadOnlyList<FundTerms> AllTerms { get; } = [terms, .. earlierTerms];

    /// <summary>All that the funder had money of its fund from, directly or through others, as it knew when it offered.</summary>
    public IReadOnlyList<string> FundersAbove { get; init; } = [];

    /// <summary>The recorded run of a formula that it was made from, in the funder's journal. Null: it was not.</summary>
    public EntryId? Allocation { get; init; }

    /// <summary>
    /// What it promises now. None ever leaves its place, by which transfers name it: what an amendment no longer promises stays as a promise of nothing.
    /// </summary>
    public IReadOnlyList<AwardPromise> Promises => all;

    /// <summary>What was offered to amend it, oldest first.</summary>
    public IReadOnlyList<AwardAmendment> Amendments => amendments ?? [];

    /// <summary>At the funder: the amendment that waits for its answer. At the recipient: the newest that this body can answer. Null: none does.</summary>
    public AwardAmendment? OpenAmendment => amendments?.FindLast(one => one.State == AmendmentStage.Offered);

    /// <summary>All versions that it has been in, oldest first.</summary>
    public IReadOnlyList<AwardVersion> Versions =>
    [
        new AwardVersion(1, first ?? AsPromises(), Id, Acceptance),
        .. Amendments.Where(one => one.State == AmendmentStage.InForce).Select((one, place) => new AwardVersion(place + 2, one.Promises, one.Id, one.Acceptance)),
    ];

    /// <summary>The place among its promises of that for just these uses. -1: there is none.</summary>
    internal int PlaceOf(int year, Kind kind, EarmarkSet earmarks)
    {
        for (var i = 0; i < Promises.Count; i++)
            if (Promises[i].Year == year && Promises[i].Kind == kind && Promises[i].Earmarks == earmarks)
                return i;
        return -1;
    }

    /// <summary>What of it was released, or has come, as that kind and with those earmarks, in pence.</summary>
    public long ReleasedPence(Kind kind, EarmarkSet earmarks) => Promises.Where(promise => promise.Kind == kind && promise.Earmarks == earmarks).Sum(promise => promise.ReleasedPence);

    public AwardStage State { get; internal set; }

    /// <summary>The entry that accepted it, in the recipient's journal; the last one, where that was lost and it was accepted again. Null: none.</summary>
    public EntryId? Acceptance { get; internal set; }

    /// <summary>Its agreement has ended: what was not released under it never will be.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>The other party was abolished: another funds in its place or, where nobody does, no more is released. An offer has lapsed.</summary>
    /// <param name="taker">Empty: nobody.</param>
    /// <param name="ends">No more is released also where another funds.</param>
    internal void Pass(string taker, bool ends)
    {
        LapseOffered();
        if (State == AwardStage.Offered)
        {
            State = AwardStage.Refused;
            return;
        }
        if (taker.Length > 0)
            Funder = taker;
        IsOver |= ends || taker.Length == 0;
    }

    public AwardAmendment? FindAmendment(EntryId id) => amendments?.Find(one => one.Id == id);

    internal void Offer(AwardAmendment amendment) => (amendments ??= []).Add(amendment);

    /// <summary>The recipient accepts: until it knows more, money may come by what was promised and by what is now.</summary>
    internal void Accept(EntryId id, EntryId at)
    {
        var amendment = FindAmendment(id)!;
        (amendment.State, amendment.Acceptance) = (AmendmentStage.Accepted, at);
        MakePlaces(amendment);
        foreach (var promise in all)
            promise.AcceptedPence = amendment.PenceOf(promise);
    }

    /// <summary>It comes into force.</summary>
    internal void Amend(AwardAmendment amendment)
    {
        MakePlaces(amendment);
        foreach (var promise in all)
            (promise.AmountPence, promise.AcceptedPence) = (amendment.PenceOf(promise), 0);
        (amendment.State, added) = (AmendmentStage.InForce, 0);
    }

    /// <summary>It comes to nothing. Of what only it promised nothing can have come.</summary>
    internal void Lapse(AwardAmendment amendment)
    {
        if (amendment.State == AmendmentStage.Accepted)
        {
            all.RemoveRange(all.Count - added, added);
            all.ForEach(promise => promise.AcceptedPence = 0);
            added = 0;
        }
        amendment.State = AmendmentStage.Lapsed;
    }

    /// <summary>Nobody answers any more what was offered.</summary>
    internal void LapseOffered()
    {
        foreach (var amendment in Amendments.Where(one => one.State == AmendmentStage.Offered))
            amendment.State = AmendmentStage.Lapsed;
    }

    private void MakePlaces(AwardAmendment amendment)
    {
        first ??= AsPromises();
        List<AwardPromise> more = [.. Amending.New(this, amendment.Promises).Select(promise => new AwardPromise(promise, 0))];
        all.AddRange(more);
        added += more.Count;
    }

    private List<Promise> AsPromises() => [.. all.Select(promise => promise.AsPromise())];

    /// <summary>The years of all versions of its fund's terms that it names: each lot is bound by its own as well.</summary>
    public Years Window { get; } = WindowOf([terms, .. earlierTerms]);

    /// <summary>The years from the first to the last of all versions of one fund's terms.</summary>
    /// <param name="all">The newest terms of the fund, and all others that bind its money.</param>
    public static Years WindowOf(IReadOnlyList<FundTerms> all)
    {
        var ofFund = all.Where(one => one.Fund == all[0].Fund).Select(one => Years.From(one.Years)).ToList();
        return new Years(ofFund.Min(years => years.First), ofFund.Max(years => years.Last));
    }

    /// <summary>The most that lots held under one of its promises may be used for.</summary>
    public FundLine LineOf(AwardPromise promise) => new(Terms.Fund, promise.Kind, Window, promise.Earmarks);

    /// <summary>Whether money under these terms may be passed on under it: its recipient knows all of them.</summary>
    public bool Names(IReadOnlyList<TermsId> all)
    {
        for (var i = 0; i < all.Count; i++)
            if (!Names(all[i]))
                return false;
        return true;
    }

    private bool Names(TermsId id)
    {
        for (var i = 0; i < AllTerms.Count; i++)
            if (TermsId.Of(AllTerms[i]) == id)
                return true;
        return false;
    }

    /// <summary>Whether promises, as they stand in an offer, can be read: 1 to 120, of proper form, no two for the same thing.</summary>
    public static bool AreWellFormed(IReadOnlyList<Promise> promises) =>
        promises.Count is >= 1 and <= MostPromises
        && promises.All(promise => Years.IsYear(promise.FinancialYear) && Pence.IsAmount(promise.AmountPence)
            && promise.Kind is Kind.Capital or Kind.Revenue or Kind.Either
            && promise.Earmarks.Count <= OpenFund.MostEarmarksOfALine && promise.Earmarks.All(Ledger.Names.IsName))
        && promises.Sum(promise => promise.AmountPence) <= Pence.Most
        && promises.DistinctBy(promise => (promise.FinancialYear, promise.Kind, EarmarkSet.Of(promise.Earmarks))).Count() == promises.Count;
}

/// <summary>The awards that a body has offered or been offered.</summary>
public sealed class AwardBook
{
    private readonly Dictionary<EntryId, FundingAward> byId = [];
    private readonly List<FundingAward> known = [];
    private readonly Dictionary<EntryId, EntryId> continuations = [];
    private readonly Dictionary<EntryId, EntryId> amended = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<FundingAward> All => known;

    public FundingAward? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>What this body has committed in a fund and not released yet, in pence.</summary>
    public long CommittedPence(string funder, string fund) => LeftPence(funder, fund, state => state == AwardStage.Accepted);

    /// <summary>What it has committed and what it has only offered, in pence: each offer can still become a commitment.</summary>
    public long PromisedPence(string funder, string fund) => LeftPence(funder, fund, state => state is AwardStage.Accepted or AwardStage.Offered)
        + known.Where(award => award.Funder == funder && award.Terms.Fund == fund && award.OpenAmendment is not null)
            .Sum(award => Amending.MorePence(award, award.OpenAmendment!.Promises));

    private long LeftPence(string funder, string fund, Func<AwardStage, bool> counts) => known
        .Where(award => award.Funder == funder && award.Terms.Fund == fund && !award.IsOver && counts(award.State))
        .Sum(award => award.Promises.Sum(promise => promise.LeftPence));

    /// <summary>Whether one body has awarded another money of a fund, or offers it some.</summary>
    public bool Goes(string funder, string recipient, string fund) => known.Exists(award =>
        award.Funder == funder && award.Recipient == recipient && award.Terms.Fund == fund && !award.IsOver && award.State is AwardStage.Accepted or AwardStage.Offered);

    /// <summary>Who has an award of a recorded run of this body that is offered, or was ever accepted: money may have been released under it.</summary>
    public IReadOnlySet<string> Of(EntryId allocation) => Standing(allocation).Select(award => award.Recipient).ToHashSet(StringComparer.Ordinal);

    /// <summary>What these awards promise now, as they were amended, less what of it will never be released: in pence.</summary>
    public long StandingPence(EntryId allocation) =>
        Standing(allocation).SelectMany(award => award.Promises, PromisedYear.Of).Sum(promised => promised.PromisedPence - promised.LapsedPence);

    private IEnumerable<FundingAward> Standing(EntryId allocation) => known.Where(award =>
        award.Allocation == allocation && (award.State == AwardStage.Accepted || (award.State == AwardStage.Offered && !award.IsOver)));

    /// <summary>All bodies that one has been awarded money of a fund by, directly or through others, as is known here: in byte order.</summary>
    public IReadOnlyList<string> FundersAbove(string body, string fund) =>
    [
        .. known.Where(award => award.Recipient == body && award.Terms.Fund == fund && !award.IsOver && award.State == AwardStage.Accepted)
            .SelectMany(award => award.FundersAbove.Append(award.Funder))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The award here that goes on from one to a predecessor. Null: none does.</summary>
    public EntryId? ContinuationOf(EntryId award) => continuations.TryGetValue(award, out var id) ? id : null;

    /// <summary>What was offered to amend an award.</summary>
    public AwardAmendment? FindAmendment(EntryId id) => amended.TryGetValue(id, out var award) ? byId[award].FindAmendment(id) : null;

    internal FundingAward OfAmendment(EntryId amendment) => byId[amended[amendment]];

    internal FundingAward this[EntryId id] => byId[id];

    internal void Offer(EntryId award, AwardAmendment amendment)
    {
        byId[award].Offer(amendment);
        amended[amendment.Id] = award;
    }

    internal void Continue(EntryId award, EntryId continuation) => continuations[award] = continuation;

    /// <summary>The agreement that they were made under has ended.</summary>
    internal void End(EntryId agreement)
    {
        foreach (var award in known.Where(award => award.Agreement == agreement))
        {
            award.IsOver = true;
            award.LapseOffered();
        }
    }

    internal void Add(FundingAward award)
    {
        byId.Add(award.Id, award);
        known.Add(award);
    }
}
