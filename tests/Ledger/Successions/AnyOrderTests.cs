namespace FundingFlows.Ledger.Tests;

/// <summary>Whatever comes first, and whoever is asked twice or starts afresh between two steps, nothing is lost on the way to successors.</summary>
public sealed class AnyOrderTests
{
    private const int Histories = 40;
    private const int MostBusiness = 12;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Histories)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Succession_InAnyOrderOfDeliveries_LosesNothingAtAnyMoment(int seed)
    {
        var (stage, chance) = (new Stage(), new Random(seed));
        stage.Council.Do(stage.Council.Reservation(stage.Fund, 1 + chance.Next(800)));
        stage.Council.Do(stage.Council.Liability(stage.Fund, 1 + chance.Next(800)));
        stage.Council.Prepares();
        var paid = 1 + chance.Next(800);
        stage.Council.Do(stage.Council.Payment(stage.Fund, paid));
        stage.Government.Do(stage.Ordering(1 + chance.Next(9_999)));
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 1 + chance.Next(5_000));
        stage.Council.Sends(stage.ForumAward, 0, 1 + chance.Next(3_000));
        stage.Forum.Do(new RepayUnderspend(stage.ForumAward, null, 1 + chance.Next(6_000)));

        for (var business = 0; !stage.Council.Books.Ending.IsSealed;)
        {
            Step(stage, chance, business < MostBusiness && chance.Next(6) == 0 ? business++ : null);
            stage.Federation.MustHold();
            if (stage.Council.Books.Vesting is not null)
                Assert.Empty(stage.Federation.InventoryOf(stage.Council).Findings());
        }
        stage.Federation.Settle();

        Assert.True(stage.Federation.InventoryOf(stage.Council).IsComplete);
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        // What was issued: the government's fund, and the council's for what it has prepared.
        Assert.Equal((100_000 + 10_000 - paid, (long)paid), (stage.Federation.Bodies.Sum(body => body.Balance(Account.Cash)), stage.Federation.Bodies.Sum(body => body.Balance(Account.Spent))));
    }

    /// <summary>One delivery is carried, or its answer, perhaps again; or the council hands over a portion; or the government and the forum go on with their business.</summary>
    private static void Step(Stage stage, Random chance, int? business)
    {
        if (business is not null)
        {
            Business(stage, chance, business.Value);
            return;
        }
        var sent = stage.Federation.Bodies.SelectMany(body => body.Sent.Keys.Select(key => (From: body, key.Receiver, key.Sequence))).ToList();
        if (chance.Next(5) == 0)
        {
            stage.Council.Run(new HandOver([]));
            return;
        }
        var one = chance.Next(6) == 0 ? sent[chance.Next(sent.Count)] : Waiting(sent, chance);
        stage.Federation.Deliver(one.From, one.Receiver, one.Sequence);
        if (stage.Federation[one.Receiver].Books.Deliveries.Answer(one.From.Id, 1, one.Sequence) is not null && chance.Next(4) > 0)
            stage.Federation.Answer(one.From, one.Receiver, one.Sequence);
    }

    /// <summary>The government and the forum go on with their business, with whoever is there by now.</summary>
    private static void Business(Stage stage, Random chance, int which)
    {
        if (which % 2 == 0)
            stage.Government.Run(stage.Government.Release(stage.CouncilAward, Stage.Capital, 1 + chance.Next(100)));
        else
            stage.Forum.Run(new RepayUnderspend(stage.ForumAward, null, 1 + chance.Next(50)));
    }

    private static (TestBody From, string Receiver, long Sequence) Waiting(List<(TestBody From, string Receiver, long Sequence)> sent, Random chance)
    {
        // The first of each pair: the others could not be decided before it.
        var waiting = sent.Where(one => one.From.Books.Deliveries.Unanswered(one.Receiver).Keys.FirstOrDefault() == one.Sequence).ToList();
        return waiting.Count == 0 ? sent[chance.Next(sent.Count)] : waiting[chance.Next(waiting.Count)];
    }
}
