namespace FundingFlows.Ledger;

/// <summary>What a body that funded the predecessor says to the successors: its agreements and awards go on with them, by their shares.</summary>
internal sealed class Continuing(Books books, Delivery delivery, Succession succession, EntryId next)
{
    private readonly Outgoing outgoing = new(books);
    private readonly List<Fact> facts = [];

    private readonly IReadOnlyList<string> above = books.Agreements.FundersAbove(books.Body);

    public IReadOnlyList<Fact> Facts()
    {
        var made = books.Agreements.All.Where(agreement => agreement.Funder == books.Body && agreement.Recipient == succession.Predecessor && agreement.WasInForce).ToList();
        foreach (var successor in succession.Successors.Where(successor => successor != books.Body))
        {
            var under = made.ToDictionary(agreement => agreement.Id, agreement => Agreement(agreement, successor));
            foreach (var award in books.Awards.All.Where(award => under.ContainsKey(award.Agreement) && award.State == AwardStage.Accepted))
            {
                var id = next with { Index = next.Index + facts.Count };
                facts.Add(new Fact { AwardContinued = Award(award, under[award.Agreement], successor) });
                facts.AddRange(Claims(award, id, successor));
            }
        }
        return facts;
    }

    /// <summary>
    /// Whether a successor is promised anything more. Where this body succeeds the predecessor too, they could come to fund one another;
    /// where the successor stands above this body, its money would go round in a circle.
    /// </summary>
    private bool MayFund(string successor) => !succession.Successors.Contains(books.Body) && !above.Contains(successor);

    /// <summary>One that is in force between the two goes on; otherwise a new one is made, as the other was.</summary>
    private EntryId Agreement(FundingAgreement before, string successor)
    {
        var goesOn = before.IsInForce && MayFund(successor);
        if (goesOn && books.Agreements.InForce(books.Body, successor) is { } there)
            return there.Id;
        var id = next with { Index = next.Index + facts.Count };
        facts.Add(new Fact
        {
            AgreementContinued = new AgreementContinued
            {
                Delivery = delivery.ToRef(),
                To = outgoing.Address(successor),
                Predecessor = succession.Predecessor,
                Basis = before.Clauses.Basis,
                FundersAbove = { above },
                Suspended = before.State == AgreementStage.Suspended,
                Ended = !goesOn,
            },
        });
        return id;
    }

    /// <summary>What is still owed of its claims is claimed of each successor by its share.</summary>
    private IEnumerable<Fact> Claims(FundingAward award, EntryId continuation, string successor) =>
        from claim in books.Clawbacks.All.Where(claim => claim.Award == award.Id && claim.OwedPence > 0)
        let owed = PartsOf(award, claim)[succession.PlaceOf(successor)]
        where owed > 0
        select new Fact
        {
            ClawbackClaimed = new ClawbackClaimed
            {
                Delivery = delivery.ToRef(),
                To = outgoing.Address(successor),
                Award = continuation.ToRef(),
                Kind = claim.Kind,
                Earmarks = { claim.Earmarks.Names },
                AmountPence = owed,
                Continues = claim.Id.ToRef(),
            },
        };

    /// <summary>
    /// What of a claim goes on with each successor: its share, and never more than it is told that it has had. For what was released is
    /// split promise by promise, so that a penny of it may be with another.
    /// </summary>
    private long[] PartsOf(FundingAward award, Clawback claim)
    {
        var promises = award.Promises.Where(promise => promise.Kind == claim.Kind && promise.Earmarks == claim.Earmarks).Select(promise => succession.Split(promise.ReleasedPence)).ToList();
        var room = succession.Successors.Select((_, place) => promises.Sum(released => released[place])).ToArray();
        foreach (var other in books.Clawbacks.All.Where(other => other.Award == award.Id && other.Kind == claim.Kind && other.Earmarks == claim.Earmarks && other.OwedPence > 0))
        {
            var parts = succession.Split(other.OwedPence).Zip(room, Math.Min).ToArray();
            var left = other.OwedPence - parts.Sum();
            for (var place = 0; place < parts.Length; place++)
            {
                var more = Math.Min(left, room[place] - parts[place]);
                (parts[place], left) = (parts[place] + more, left - more);
                room[place] -= parts[place];
            }
            if (other == claim)
                return parts;
        }
        throw new InvalidOperationException($"Clawback {claim.Id} is not of award {award.Id}.");
    }

    private AwardContinued Award(FundingAward award, EntryId agreement, string successor)
    {
        var place = succession.PlaceOf(successor);
        var continued = new AwardContinued
        {
            Delivery = delivery.ToRef(),
            To = outgoing.Address(successor),
            Predecessor = succession.Predecessor,
            Continues = award.Id.ToRef(),
            Agreement = agreement.ToRef(),
            Terms = award.Terms,
            EarlierTerms = { award.AllTerms.Skip(1) },
        };
        foreach (var promise in award.Promises)
        {
            var (released, left) = (succession.Split(promise.ReleasedPence)[place], award.IsOver || !MayFund(successor) ? 0 : succession.Split(promise.LeftPence)[place]);
            var part = promise.AsPromise();
            part.AmountPence = released + left;
            continued.Promises.Add(part);
            continued.ReleasedPence.Add(released);
        }
        return continued;
    }
}

/// <summary>Addresses several deliveries of one operation.</summary>
internal sealed class Outgoing(Books books)
{
    private readonly Dictionary<string, ulong> sent = [];

    public Addressed Address(string receiver)
    {
        var address = books.Deliveries.Address(receiver);
        address.Sequence += sent.GetValueOrDefault(receiver);
        sent[receiver] = sent.GetValueOrDefault(receiver) + 1;
        return address;
    }
}
