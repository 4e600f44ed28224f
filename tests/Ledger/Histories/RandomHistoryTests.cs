using System.Collections.Concurrent;
using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>
/// Whatever people want, in whatever order, and however late or often their words arrive: after every single step all five invariants
/// hold, a refusal has changed nothing, and books read again from the journal are the same. And all that was not spent can go home.
/// </summary>
public sealed class RandomHistoryTests
{
    private const int AlwaysTheSame = 40;
    private const int AlwaysOthers = 10;

    private static readonly Gen<Wish[]> Histories = Gen.Select(
        Gen.Int[0, 1_000], Gen.Int[0, 5], Gen.Int[0, 11], Gen.Int[0, 2], Gen.OneOf(Gen.Long[1, 500], Gen.Long[1, 30_000]),
        (deed, who, which, year, pence) => new Wish(deed, who, which, year, pence)).Array[60, 140];

    private const string EpochUnderWay = "a new epoch while something is on its way";

    private readonly ConcurrentDictionary<string, int> accepted = [];
    private readonly ConcurrentDictionary<string, int> refused = [];

    [Fact]
    public void History_OfRandomWishes_KeepsEveryInvariantAtEveryStep() => Histories.Sample(Play, iter: AlwaysOthers, threads: 1);

    /// <summary>The same histories in every run: they do every deed, so that the deeds are known to be worth wishing for.</summary>
    [Fact]
    public void Histories_OfFixedSeeds_DoEveryDeedAndKeepEveryInvariant()
    {
        for (var seed = 1uL; seed <= AlwaysTheSame; seed++)
            Play(Histories.Generate(new PCG(1, seed), null, out _));

        // A deed that is never done proves nothing.
        Assert.Empty(Deeds.All.Select(deed => deed.Name).Append(EpochUnderWay).Except(accepted.Keys));
        Assert.True(refused.Count > 15, $"Only {refused.Count} reasons were met.");
    }

    private void Play(Wish[] wishes)
    {
        var town = new HistoryTown();
        foreach (var wish in wishes)
        {
            Do(town, wish);
            Carry(town, wish);
            if (wish.Deed % 50 == 7)
                Begin(town.Body(wish.Who));
            town.Federation.MustHold();
        }
        town.Federation.Settle();
        town.Federation.MustHold();
        town.AllGoesHome();
        Assert.All(town.Bodies, body => Assert.Equal(Dump.Of(Replay.Of(body)), Dump.Of(body.Books)));
    }

    private void Do(HistoryTown town, Wish wish)
    {
        // Money that moves is wanted most often.
        var (name, make) = wish.Deed % 3 == 0 ? Deeds.All[wish.Deed % Deeds.Moving] : Deeds.All[wish.Deed / 3 % Deeds.All.Count];
        if (make(town, wish) is not { } attempt)
            return;
        attempt.By.Actor = new string((char)('a' + (wish.Which % 3)), 64);
        var size = attempt.By.Books.Size;
        var decision = attempt.By.Run(attempt.Command);
        Assert.True(decision.Facts.Count > 0 || attempt.By.Books.Size == size);
        (decision.Refusal is null ? accepted : refused).AddOrUpdate(decision.Refusal?.Reason ?? name, 1, (_, before) => before + 1);
    }

    /// <summary>Some of what is on its way arrives; of some of it the sender does not hear, and some comes twice.</summary>
    private static void Carry(HistoryTown town, Wish wish)
    {
        if (wish.Deed % 5 == 0)
            town.Federation.Settle();
        else if (wish.Deed % 5 < 3)
            CarryOne(town, wish);
    }

    /// <summary>Now and then a body begins a new epoch that keeps all that it has: nothing that is on its way is lost by that, and nothing is counted twice.</summary>
    private void Begin(TestBody body)
    {
        body.Do(BeginEpochRefusalTests.Beginning(body, body.Books.Epoch + 1));
        if (body.Books.Deliveries.Awaiting.Any())
            accepted.AddOrUpdate(EpochUnderWay, 1, (_, before) => before + 1);
    }

    private static void CarryOne(HistoryTown town, Wish wish)
    {
        var sender = town.Body(wish.Who + 1);
        if (HistoryTown.One([.. sender.Books.Deliveries.Awaiting], wish.Which) is not { } receiver)
            return;
        var (epoch, sequence) = TestFederation.OnItsWay(sender, receiver)[0];
        Assert.Null(town.Federation.Deliver(sender, receiver, sequence, epoch).Refusal);
        if (wish.Year > 0)
            Assert.NotNull(town.Federation.Deliver(sender, receiver, sequence, epoch).Before);
        if (wish.Which % 2 == 0)
            Assert.Null(town.Federation.Answer(sender, receiver, sequence, epoch).Refusal);
    }
}
