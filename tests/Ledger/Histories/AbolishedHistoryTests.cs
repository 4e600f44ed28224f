using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>
/// In the middle of a random history a council is abolished. All others go on as they like, while it hands over portion by portion: every
/// invariant holds at every step, and at the end nothing is lost and all of it can go home.
/// </summary>
public sealed class AbolishedHistoryTests
{
    private const int Histories = 16;
    private const int MostRounds = 400;

    private static readonly Gen<Wish[]> Wishes = Gen.Select(
        Gen.Int[0, 1_000], Gen.Int[0, 7], Gen.Int[0, 11], Gen.Int[0, 2], Gen.OneOf(Gen.Long[1, 500], Gen.Long[1, 30_000]),
        (deed, who, which, year, pence) => new Wish(deed, who, which, year, pence)).Array[80];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Histories)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Council_AbolishedInTheMiddleOfAHistory_LosesNothing(int seed)
    {
        var town = new HistoryTown();
        var wishes = Wishes.Generate(new PCG(7, (ulong)seed), null, out _);
        var old = town.Federation[seed % 2 == 0 ? "C1" : "C2"];
        Owe(old, seed);
        foreach (var wish in wishes.Take(40))
            Step(town, wish);
        Order(town, old, 1 + (seed * 397 % 9_999));
        foreach (var wish in wishes.Skip(40))
        {
            Step(town, wish);
            if (wish.Deed % 3 > 0)
                old.Run(new HandOver([]));
            if (old.Books.Vesting is not null)
                Assert.Empty(town.Federation.InventoryOf(old).Findings());
        }

        for (var round = 0; !old.Books.Ending.IsSealed; round++)
        {
            Assert.InRange(round, 0, MostRounds);
            town.Federation.CarriesOn();
            old.Run(new HandOver([]));
        }
        town.Federation.Settle();
        town.Federation.MustHold();
        Assert.Empty(town.Federation.InventoryOf(old).Findings());
        Assert.True(town.Federation.InventoryOf(old).IsComplete);
        Assert.Equal(0, old.Balance(Account.Cash));
        town.AllGoesHome();
        Assert.All(town.Bodies, body => Assert.Equal(Dump.Of(Replay.Of(body)), Dump.Of(body.Books)));
    }

    /// <summary>It has set aside, owes, has prepared and lent something, as far as it has the money.</summary>
    private static void Owe(TestBody old, int seed)
    {
        var fund = old.Opens("own", Write.Share(Kind.Revenue, 10_000));
        old.Issues(fund, 10_000);
        old.Do(old.Reservation(fund, 1 + (seed * 31 % 2_000)));
        old.Do(old.Liability(fund, 1 + (seed * 57 % 2_000)));
        old.Do(old.Payment(fund, 1 + (seed * 77 % 2_000)));
        old.Prepares();
        old.Lends(500);
    }

    private static void Order(HistoryTown town, TestBody old, int first)
    {
        foreach (var id in new[] { "N1", "N2" })
            town.Federation.Add(id, Tier.Council).Do(new RegisterProject(Write.Project()));
        foreach (var body in new[] { old, town.Federation["N1"], town.Federation["N2"] })
            town.Bodies[0].Do(Abolished.Registering(body));
        town.Bodies[0].Do(new OrderSuccession(old.Id, Abolished.Terms(old.Id, ("N1", first), ("N2", 10_000 - first)).Successors, Abolished.Day));
    }

    private static void Step(HistoryTown town, Wish wish)
    {
        var (_, make) = wish.Deed % 3 == 0 ? Deeds.All[wish.Deed % Deeds.Moving] : Deeds.All[wish.Deed / 3 % Deeds.All.Count];
        if (make(town, wish) is { } attempt)
            attempt.By.Run(attempt.Command);
        if (wish.Deed % 7 == 0)
            town.Federation.CarriesOn();
        else
            Carry(town, wish);
        town.Federation.MustHold();
    }

    /// <summary>Something arrives, perhaps twice, unless it must wait for something else; its sender hears of it, or not.</summary>
    private static void Carry(HistoryTown town, Wish wish)
    {
        var sender = town.Body(wish.Who + wish.Which);
        if (HistoryTown.One([.. sender.Books.Deliveries.Awaiting], wish.Which) is not { } receiver)
            return;
        var sequence = sender.Books.Deliveries.Unanswered(receiver).Keys.First();
        if (town.Federation.Deliver(sender, receiver, sequence).Refusal is { } refusal)
            Assert.True(refusal.LaterMayHelp, refusal.Sentence);
        else if (wish.Year > 0)
            Assert.Null(town.Federation.Answer(sender, receiver, sequence).Refusal);
    }
}
