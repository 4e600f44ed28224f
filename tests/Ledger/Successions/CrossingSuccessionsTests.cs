namespace FundingFlows.Ledger.Tests;

/// <summary>A funder and a body that it funded are abolished, one after the other or both at once: what was given goes back the whole way.</summary>
public sealed class CrossingSuccessionsTests
{
    private const string Third = "E06000023", Fourth = "E06000024";
    private const int Histories = 24;
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    public static TheoryData<int, bool> Seeds => [.. Enumerable.Range(0, Histories).SelectMany(seed => new[] { (seed, false), (seed, true) })];

    /// <summary>What was given to one whom others succeeded is given to all of them: who takes over from the funder takes it back of each.</summary>
    [Fact]
    public void Funder_AbolishedAfterWhomItFunded_HandsOnWhatItHadGiven()
    {
        var (order, recipient, award) = Orders(false);
        stage.Government.Do(order);
        Federation.Ends(recipient);
        stage.Government.Do(stage.Ordering());
        Federation.Ends(stage.Council);

        ComesHome(recipient, award);
    }

    /// <summary>Whoever is told first, by whom and of what, and in whatever order all of it arrives.</summary>
    /// <param name="seed">Of the order.</param>
    /// <param name="same">Whether the same bodies succeed both.</param>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Funder_AbolishedTogetherWithWhomItFunded_LosesNothing(int seed, bool same)
    {
        var chance = new Random(seed);
        var ordering = stage.Ordering();
        var (order, recipient, award) = Orders(same);
        OrderSuccession[] orders = seed % 2 == 0 ? [order, ordering] : [ordering, order];
        foreach (var one in orders)
            stage.Government.Do(one);
        if (seed % 3 > 0)
            stage.Council.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 500));
        for (var step = 0; !stage.Council.Books.Ending.IsSealed || !recipient.Books.Ending.IsSealed; step++)
        {
            Assert.InRange(step, 0, 3_000);
            Step(chance, recipient);
            Federation.MustHold();
        }
        Federation.Settle();

        foreach (var claim in Federation.Bodies.SelectMany(body => body.Books.Clawbacks.All.Where(claim => claim.RecordedBy is not null && claim.OwedPence > 0).Select(claim => (Body: body, Claim: claim))).ToList())
            claim.Body.Do(new SettleClawback(claim.Claim.Id, claim.Claim.OwedPence));
        ComesHome(recipient, award);
    }

    /// <summary>One delivery is carried and answered, or one of the two hands over a portion.</summary>
    private void Step(Random chance, TestBody recipient)
    {
        if (chance.Next(4) == 0)
        {
            (chance.Next(2) == 0 ? recipient : stage.Council).Run(new HandOver([]));
            return;
        }
        var waiting = Federation.Bodies.SelectMany(body => body.Books.Deliveries.Awaiting.Select(receiver => (From: body, Receiver: receiver))).ToList();
        if (waiting.Count == 0)
            return;
        var (from, receiver) = waiting[chance.Next(waiting.Count)];
        var sequence = from.Books.Deliveries.Unanswered(receiver).Keys.First();
        if (Federation.Deliver(from, receiver, sequence).Refusal is { } refusal)
            Assert.True(refusal.LaterMayHelp, refusal.Sentence);
        else
            Federation.Answer(from, receiver, sequence);
    }

    /// <summary>The council funds another, which has paid and passed on some of it, and is to be abolished.</summary>
    private (OrderSuccession Order, TestBody Recipient, EntryId Award) Orders(bool same)
    {
        var recipient = Federation.Add("E06000031", Tier.Council);
        Federation.Agrees(stage.Council, recipient, AgreementBasis.LeadAuthority);
        var award = Federation.Awards(stage.Council, recipient, stage.Fund, Write.Promise(2026, Kind.Revenue, 6_000));
        Federation.Releases(stage.Council, award, 0, 5_000);
        stage.Government.Do(Abolished.Registering(recipient));
        var successors = same ? ["E06000022", "E06000021"] : new[] { Third, Fourth };
        foreach (var id in successors.Where(id => !same))
        {
            Federation.Add(id, Tier.Council);
            stage.Government.Do(Abolished.Registering(Federation[id]));
        }
        return (new OrderSuccession(recipient.Id, Abolished.Terms(recipient.Id, (successors[0], 3_000), (successors[1], 7_000)).Successors, Abolished.Day), recipient, award);
    }

    /// <summary>All of the money goes back up, award by award, to who issued it.</summary>
    private void ComesHome(TestBody recipient, EntryId award)
    {
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        foreach (var body in new[] { stage.Council, recipient })
        {
            Assert.Empty(Federation.InventoryOf(body).Findings());
            Assert.True(Federation.InventoryOf(body).IsComplete);
        }
        for (var round = 0; round < 4; round++)
            foreach (var body in Federation.Bodies.Where(body => body != stage.Government && !body.Books.Ending.IsSealed))
                foreach (var lots in body.Books.Lots.All.Where(lot => lot.RemainingPence > 0).GroupBy(lot => lot.Award!.Value).ToList())
                    Federation.Repays(body, lots.Key, lots.Sum(lot => lot.RemainingPence));
        Assert.All(Federation.Bodies, body => Assert.True(body == stage.Government || body.Balance(Account.Cash) == 0, $"{body.Id} keeps {body.Balance(Account.Cash)} of {award}"));
        Assert.Equal(100_000, stage.Government.Balance(Account.Cash));
        Federation.MustHold();
    }
}
