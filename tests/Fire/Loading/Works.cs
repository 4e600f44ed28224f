namespace FundingFlows.Fire;

/// <summary>An award as far as the load knows of it.</summary>
/// <param name="Pence">What of it is left for the next step: to be released by its funder, or sent back by who has it.</param>
internal sealed record KnownAward(string Id, string Funder, string Recipient, long Pence);

/// <summary>
/// What each body could do next, as far as is known from answers. What was answered there may not have come here yet: then a command is refused, as it
/// should be.
/// </summary>
internal sealed class Works
{
    private const long Unaffordable = 90_000_000_000_00;
    private const string NoSuchEntry = "1.99999999";
    private readonly Lock gate = new();
    private readonly Topology topology;
    private readonly Deeds deeds;
    private readonly Standing standing;
    private readonly Purses purses;
    private readonly Dictionary<string, Queue<KnownAward>> offered;
    private readonly Dictionary<string, Queue<KnownAward>> given;
    private readonly Dictionary<string, Queue<KnownAward>> held;
    private readonly Dictionary<string, Queue<(string Id, long Pence)>> paid;
    private readonly Dictionary<string, (string CommandId, string Award)> released = [];

    public Works(Topology topology, Deeds deeds, Beginning beginning)
    {
        (this.topology, this.deeds, purses) = (topology, deeds, new Purses(beginning.Full));
        standing = new Standing(deeds, purses);
        (offered, given, held, paid) = (OfEach<KnownAward>(), OfEach<KnownAward>(), OfEach<KnownAward>(), OfEach<(string, long)>());
        foreach (var award in beginning.Awards)
            Accepted(award);
        foreach (var instruction in beginning.Instructions)
            standing.Add(instruction);
        purses.Add(topology.Root.Id, SettingUp.FirstIssuePence);
        foreach (var award in beginning.Awards.Where(award => award.Funder == topology.Root.Id))
        {
            purses.Add(topology.Root.Id, -Cascade.FirstPence);
            Arrive(award with { Pence = Cascade.FirstPence });
        }

        Dictionary<string, Queue<T>> OfEach<T>() => topology.Bodies.ToDictionary(body => body.Id, _ => new Queue<T>());
    }

    /// <summary>Whether a body pays others for something.</summary>
    public static bool Pays(TopologyBody body) => body.Tier >= Tier.Council && body.FundedBy.Count > 0;

    /// <summary>What a body does next. Null: nothing, just now.</summary>
    public Deed? Next(TopologyBody body, Random random)
    {
        lock (gate)
        {
            if (offered[body.Id].Count > 0 && random.Next(3) == 0)
                return Accept(offered[body.Id].Dequeue());
            return random.Next(100) switch
            {
                < 8 when body == topology.Root => Issue(body.Id, random.Next(1_000_00, 100_000_00)),
                < 18 => Offer(body, random),
                < 55 => Release(body.Id, random),
                < 72 => Pay(body, random),
                < 79 => Repay(body.Id, random),
                < 86 => Refund(body.Id, random),
                < 89 => standing.Instruct(body.Id, random, Under),
                < 95 => standing.Resume(body.Id, random),
                < 96 => standing.End(body.Id, random, Under),
                _ => Hopeless(body, random),
            };
        }
    }

    private void Accepted(KnownAward award)
    {
        given[award.Funder].Enqueue(award);
        held[award.Recipient].Enqueue(award with { Pence = 0 });
        standing.Add(award);
    }

    private Deed Accept(KnownAward offer) => deeds.Accept(offer.Recipient, offer.Id, _ => Under(() => Accepted(offer))) with
    {
        // It has not come yet.
        NotDone = () => Under(() => offered[offer.Recipient].Enqueue(offer)),
    };

    private Deed? Offer(TopologyBody body, Random random)
    {
        var below = topology.FundedFrom(body.Id).ToList();
        if (below.Count == 0 || (body != topology.Root && held[body.Id].Count == 0))
            return null;
        var (recipient, pence) = (below[random.Next(below.Count)].Id, random.Next(1_000_00, 20_000_00));
        return deeds.Offer(body.Id, recipient, pence, answer => Under(() => offered[recipient].Enqueue(new KnownAward(answer.Award.Id, body.Id, recipient, pence))));
    }

    private Deed Issue(string body, long pence) => deeds.Issue(body, pence) with { Done = _ => Under(() => purses.Add(body, pence)) };

    private Deed? Release(string body, Random random)
    {
        var pence = Math.Min(purses.Of(body), random.Next(2, 5_000_00));
        if (pence <= 0 || !given[body].TryDequeue(out var award))
            return null;
        pence = Math.Min(award.Pence, pence);
        var id = deeds.NewId();
        return FromPurse(body, pence, deeds.Release(body, award.Id, pence, id, _ => Under(() =>
        {
            released[body] = (id, award.Id);
            if (!purses.CanReceive(award.Recipient))
                purses.Add(body, pence);
            Arrive(award with { Pence = pence });
            if (pence < award.Pence)
                given[body].Enqueue(award with { Pence = award.Pence - pence });
        })) with
        {
            // The acceptance has not come yet, or the money.
            NotDone = () => Under(() => given[body].Enqueue(award)),
        });
    }

    private Deed? Pay(TopologyBody body, Random random)
    {
        var pence = Math.Min(purses.Of(body.Id), random.Next(1, 500_00));
        if (!Pays(body) || pence <= 0)
            return null;
        return FromPurse(body.Id, pence, deeds.Pay(body.Id, pence, answer => Under(() =>
        {
            if (answer.Payment is { } payment)
                paid[body.Id].Enqueue((payment.Id, pence));
        })));
    }

    private Deed? Repay(string body, Random random)
    {
        if (!held[body].TryDequeue(out var award) || Math.Min(award.Pence, purses.Of(body)) is not (> 0 and var most))
            return null;
        var pence = Math.Min(most, random.Next(1, 1_000_00));
        return FromPurse(body, pence, deeds.Repay(body, award.Id, pence) with { Done = _ => Under(() => purses.Add(award.Funder, pence)) });
    }

    private Deed? Refund(string body, Random random)
    {
        if (!paid[body].TryDequeue(out var payment))
            return null;
        var pence = random.Next(1, (int)payment.Pence + 1);
        return deeds.Refund(body, payment.Id, pence) with { Done = _ => Under(() => purses.Add(body, pence)) };
    }

    /// <summary>Its money is taken out of the purse at once. Refused, it was not there: then it is not counted on any more.</summary>
    private Deed FromPurse(string body, long pence, Deed deed)
    {
        purses.Add(body, -pence);
        return deed;
    }

    private void Arrive(KnownAward award)
    {
        foreach (var came in standing.Arriving(award))
        {
            held[came.Recipient].Enqueue(came);
            purses.Add(came.Recipient, came.Pence);
        }
    }

    /// <summary>What must be refused whenever it is asked: more than anybody has or promised, or what does not exist.</summary>
    private Deed Hopeless(TopologyBody body, Random random)
    {
        if (released.TryGetValue(body.Id, out var release) && random.Next(4) == 0)
            // Another command under an id that is bound for ever.
            return deeds.Release(body.Id, release.Award, Unaffordable, release.CommandId) with { IsHopeless = true, BearsAnothersId = true };
        var deed = random.Next(3) switch
        {
            0 when Pays(body) => deeds.Pay(body.Id, Unaffordable),
            1 when release.Award is { } award => deeds.Release(body.Id, award, Unaffordable, deeds.NewId()),
            _ => deeds.Accept(body.Id, $"{(body.FundedBy.Count > 0 ? body.FundedBy[0] : body.Id)}.{NoSuchEntry}"),
        };
        return deed with { IsHopeless = true };
    }

    private void Under(Action act)
    {
        lock (gate)
            act();
    }
}
