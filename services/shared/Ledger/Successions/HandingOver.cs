namespace FundingFlows.Ledger;

/// <summary>Finds what a body hands over next: first it tells who must know, then it gives what has settled, and at the end it asks to be closed.</summary>
internal sealed class HandingOver(Books books, Vesting vesting, IReadOnlyDictionary<string, string> takers, Surroundings around)
{
    /// <summary>So many facts go in one portion, where each is a delivery of its own.</summary>
    private const int MostFacts = 16;

    private readonly Outgoing outgoing = new(books);

    private readonly List<(InHand Thing, EntryId? Project)> things = [.. new WholeThings(books).Of(vesting)];

    private Succession Succession => vesting.Succession;

    /// <summary>The next portion. Empty: others must answer first.</summary>
    public IReadOnlyList<Fact> Next()
    {
        if (Begin() is { Count: > 0 } begun)
            return begun;
        // Whoever is told is to find successors that expect what comes.
        if (Succession.Successors.Any(successor => books.Deliveries.AllUnanswered(successor).Any(sent => sent.Kind == Fact.KindOneofCase.HandOverBegun)))
            return [];
        if (Claimed() is { Count: > 0 } claimed)
            return claimed;
        if (Tell() is { Count: > 0 } told)
            return told;
        if (Terms() is { Count: > 0 } terms)
            return terms;
        if (Whole() is { Count: > 0 } whole)
            return whole;
        if (Money() is { Count: > 0 } money)
            return money;
        if (vesting.Told.Keys.Select(Funded).FirstOrDefault(things => things.Count > 0) is { } funded)
            return funded;
        return IsDone() ? [Close()] : [];
    }

    private List<Fact> Begin() =>
    [
        .. Succession.Successors.Where(successor => !vesting.HasBegun(successor)).Select(successor => new Fact
        {
            HandOverBegun = new HandOverBegun
            {
                To = outgoing.Address(successor),
                Order = Succession.Order.ToRef(),
                Terms = Succession.Terms,
                Predecessors = { books.Inheritances.Values.SelectMany(before => before.Predecessors).Distinct().Order(StringComparer.Ordinal) },
            },
        }),
    ];

    private List<Fact> Tell() =>
    [
        .. Partners().Where(partner => !vesting.Told.ContainsKey(partner)).Take(MostFacts).Select(partner => new Fact
        {
            SuccessionTold = new SuccessionTold
            {
                To = outgoing.Address(partner),
                Order = Succession.Order.ToRef(),
                Terms = Succession.Terms,
                Taker = new FundedThings(books, partner).All().Any() ? TakerOfFunded(partner) : "",
                About = { About(partner).Select(id => id.ToRef()) },
            },
        }),
    ];

    /// <summary>All that ever had an agreement with this body or are asked to, that it vouches for, or whose money it keeps.</summary>
    private IEnumerable<string> Partners() => books.Agreements.All.Where(agreement => agreement.WasInForce || agreement.IsOpen).Select(agreement => agreement.Other(books.Body))
        .Concat(books.Custodies.All.Where(custody => custody.IsOpen).Select(custody => custody.Other(books.Body)))
        .Concat(books.Registrations.Keys)
        .Where(partner => !books.IsGone(partner))
        .Distinct().Order(StringComparer.Ordinal);

    /// <summary>What is held for a claim goes to who claims it, before that hears of the successors. What is owed beyond goes on with them.</summary>
    private IReadOnlyList<Fact> Claimed() => books.Clawbacks.All
        .Where(claim => claim.RecordedBy is { } recorded && books.Holds[recorded].AmountPence > 0 && !vesting.Told.ContainsKey(books.Awards.Find(claim.Award)!.Funder))
        .Select(claim => new SettleClawback(claim.Id, books.Holds[claim.RecordedBy!.Value].AmountPence).Decide(books, around).Facts)
        .FirstOrDefault(facts => facts.Count > 0) ?? [];

    /// <summary>What a funder, or who succeeds it, must have in its books to let it go on.</summary>
    private IEnumerable<EntryId> About(string funder)
    {
        var agreements = books.Agreements.All.Where(agreement => agreement.Funder == funder && agreement.WasInForce && agreement.State != AgreementStage.Refused).Select(agreement => agreement.Id);
        var awards = books.Awards.All.Where(award => award.Funder == funder && award.State == AwardStage.Accepted).Select(award => award.Id).ToList();
        return agreements.Concat(awards).Concat(books.Clawbacks.All.Where(claim => awards.Contains(claim.Award)).Select(claim => claim.Id));
    }

    /// <summary>What was given to one whom several succeeded is kept together: with who is none of these, if anybody.</summary>
    private string TakerOfFunded(string partner)
    {
        var sharing = books.Awards.All.Where(award => award.Funder == books.Body).GroupBy(award => books.Transfers.RootOf(award.Id))
            .Where(same => same.Count() > 1 && same.Any(award => award.Recipient == partner)).SelectMany(same => same).Select(award => award.Recipient).ToHashSet();
        return sharing.Count == 0 ? TakerOf(partner, partner)
            : Succession.Terms.Successors.OrderByDescending(successor => successor.BasisPoints).Select(successor => successor.Body).FirstOrDefault(successor => !sharing.Contains(successor))
            ?? TakerOf(partner, partner);
    }

    /// <summary>A body does not fund itself: where it takes over from its own funder, another takes that.</summary>
    private string TakerOf(string thing, string? notItself = null) =>
        takers.GetValueOrDefault(thing) is { } named && named != notItself ? named
        : Succession.Largest != notItself ? Succession.Largest
        : Succession.Successors.FirstOrDefault(successor => successor != notItself) ?? "";

    private List<Fact> Terms()
    {
        var spent = things.Where(one => one.Thing.Payment is not null).SelectMany(one => one.Thing.Payment.Pieces).SelectMany(ArrivingMoney.TermsOf);
        var needed = books.Lots.All.Where(lot => lot.RemainingPence > 0).SelectMany(lot => lot.Terms).Concat(spent).Distinct().Order(Comparer<TermsId>.Create(Compare));
        return
        [
            .. (from terms in needed
                from successor in Succession.Successors
                where !IsHanded(successor, Vesting.NameOf(terms))
                select Handing(successor, new InHand { Terms = books.Funds.Find(terms) })).Take(MostFacts),
        ];
    }

    private static int Compare(TermsId x, TermsId y) => string.CompareOrdinal(x.Fund, y.Fund) is var funds and not 0 ? funds : x.Version.CompareTo(y.Version);

    /// <summary>One transfer of one part: some of what the next successor is to have of the lots whose funders know.</summary>
    private IReadOnlyList<Fact> Money()
    {
        var held = books.Holds.All.SelectMany(hold => hold.Pieces, (hold, piece) => (Lot: piece.Key, Hold: hold)).ToLookup(one => one.Lot, one => one.Hold);
        var ready = books.Lots.All.Where(lot => lot.RemainingPence > 0 && IsReady(lot)).SelectMany(lot => PartsOf(lot, held[lot])).ToList();
        if (ready.Count == 0)
            return [];
        var turn = ready.Min(part => part.Turn);
        var pieces = Parts.Cut(ready.Where(part => part.Turn == turn).Select(part => part.Piece))[0];
        return Sending.Parts(books, Succession.Successors.ElementAt(turn), pieces, () => new TransferSent
        {
            Purpose = TransferPurpose.Succession,
            Award = Succession.Order.ToRef(),
            AmountPence = pieces.Sum(piece => piece.AmountPence),
        })!;
    }

    /// <summary>What another pays out of it, and claims of it, must be known, and its funder must know of the successors.</summary>
    private bool IsReady(Lot lot) => lot.HeldFor(HoldKind.Instruction) == 0 && lot.HeldFor(HoldKind.Claim) == 0 && IsTold(lot);

    private bool IsTold(Lot lot) => lot.Award is not { } award || books.HasClosedFunder(lot) || books.Awards.Find(award) is not { } held || vesting.Told.GetValueOrDefault(held.Funder) is { Last: not null };

    /// <summary>What is held for something goes with it. What may only go back goes by shares like what is free, and may only go back from the successors too.</summary>
    private IEnumerable<(int Turn, TransferPiece Piece)> PartsOf(Lot lot, IEnumerable<Hold> holds)
    {
        foreach (var hold in holds)
            if (Vesting.NameOf(hold) is not { } thing)
                yield return Share(lot, hold.Of(lot), hold);
            else if (vesting.TakerOf(thing) is { } taker)
                yield return (Succession.PlaceOf(taker), InheritedMoney.PieceOf(books, lot, hold.Of(lot), hold));
        if (lot.FreePence > 0)
            yield return Share(lot, lot.FreePence);
    }

    /// <summary>Whose turn it is, and how much. One after the other takes its part of what is left; the last takes all. A part of nothing is passed over.</summary>
    private (int Turn, TransferPiece Piece) Share(Lot lot, long pence, Hold? hold = null)
    {
        var shares = Succession.Terms.Successors.Select(successor => (long)successor.BasisPoints).ToList();
        var turn = Math.Min(vesting.TurnOf(lot.Id, hold?.Id), shares.Count - 1);
        long part;
        while ((part = Apportionment.Split(pence, shares[turn..])[0]) == 0)
            turn++;
        return (turn, InheritedMoney.PieceOf(books, lot, part, hold));
    }

    /// <summary>Each goes where its project goes, and with it what is held for it.</summary>
    private List<Fact> Whole() =>
    [
        .. things.GroupBy(one => Vesting.NameOf(one.Thing)).Where(one => vesting.TakerOf(one.Key) is null).Take(MostFacts)
            .SelectMany(one => one, (_, part) => Handing(TakerOfProject(part.Project), part.Thing)),
    ];

    /// <summary>Who has its project, by this command or one before.</summary>
    private string TakerOfProject(EntryId? project) => vesting.TakerOf($"project {project}") ?? TakerOf($"{project}");

    /// <summary>Agreements with a funded body, with the awards under them, once all that was between the two has arrived.</summary>
    private List<Fact> Funded(string partner) => vesting.Told[partner].Taker is { Length: > 0 } taker && HasSettled(partner)
        ? [.. new FundedThings(books, partner).All().Where(thing => !IsHanded(taker, Vesting.NameOf(thing))).Select(thing => Handing(taker, thing))]
        : [];

    private bool HasSettled(string partner) =>
        vesting.Told[partner].Last is { } last && books.Deliveries.ExpectedSequence(partner, last.Epoch) > last.Sequence && !books.Deliveries.AllUnanswered(partner).Any();

    private bool IsHanded(string successor, string thing) => vesting.Handed.Contains((successor, thing));

    private Fact Handing(string successor, InHand thing) => new() { HandedOver = new HandedOver { To = outgoing.Address(successor), Thing = thing } };

    private bool IsDone() => books.Accounts.Total[Account.Cash] == 0 && !books.Deliveries.Awaiting.Any() && vesting.Told.Keys.All(HasSettled);

    private Fact Close()
    {
        var vestingDay = Dates.From(Succession.Terms.VestingDay);
        var last = Dates.IsDay(vestingDay.AddDays(-1)) ? vestingDay.AddDays(-1) : vestingDay;
        return new Fact { ClosingAsked = new ClosingAsked { To = outgoing.Address(books.Registrar), LastDay = last.ToDate() } };
    }
}
