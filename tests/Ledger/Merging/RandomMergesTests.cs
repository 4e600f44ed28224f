using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Random merges among several funds of random terms, with money going down, coming back, paid and refunded meanwhile.</summary>
public sealed class RandomMergesTests
{
    private const int Funds = 5;
    private static readonly Kind[] Kinds = [Kind.Capital, Kind.Revenue, Kind.Either];

    internal enum Deed
    {
        Issue,
        Merge,
        MergeBelow,
        Release,
        Refuse,
        Settle,
        Pay,
        Refund,
        Repay,
    }

    /// <summary>Of a fund: which others it may be merged into (a bit for each), its kind, its first year, and whether forums decide on half of it.</summary>
    private static readonly Gen<(int MergeInto, int Kind, int First, bool Led)[]> AnyFunds =
        Gen.Select(Gen.Int[0, (1 << Funds) - 1], Gen.Int[0, 2], Gen.Int[2024, 2026], Gen.Bool).Array[Funds];

    private static readonly Gen<(Deed Deed, int Which, int Other, int Much)[]> AnyDeeds =
        Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, Funds - 1], Gen.Int[0, Funds - 1], Gen.Int[1, 900]).Array[10, 80];

    [Fact]
    public void History_OfRandomMerges_KeepsEveryInvariantAndAllItsMoney() =>
        Gen.Select(AnyFunds, AnyDeeds).Sample((funds, deeds) => Play(funds, deeds), iter: 100);

    private static void Play((int MergeInto, int Kind, int First, bool Led)[] funds, (Deed Deed, int Which, int Other, int Much)[] deeds)
    {
        var world = new World(funds);
        foreach (var (deed, which, other, much) in deeds)
        {
            world.Do(deed, which, other, much);
            world.Federation.MustHold();
        }
        world.Federation.Settle();
        world.Federation.MustHold();
        world.MustHoldAllThatWasIssued();
        Assert.All(world.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        Assert.All(world.Federation.Bodies.SelectMany(body => body.Books.Lots.All), world.MustBePermittedAllTheWay);
    }

    private sealed class World
    {
        private readonly TestBody government;
        private readonly TestBody council;
        private readonly List<EntryId> awards = [];
        private readonly (int MergeInto, int Kind, int First, bool Led)[] funds;

        public World((int MergeInto, int Kind, int First, bool Led)[] funds)
        {
            this.funds = funds;
            government = Federation.Add("GOV", Tier.CentralGovernment);
            council = Federation.Add("E06000001", Tier.Council);
            Federation.Agrees(government, council);
            for (var i = 0; i < funds.Length; i++)
                Open(i);
        }

        public TestFederation Federation { get; } = new();

        public void Do(Deed deed, int which, int other, int much)
        {
            switch (deed)
            {
                case Deed.Issue: government.Run(new IssueMoney(Name(which), Write.Vote($"vote-{which}"), much + 1)); break;
                case Deed.Merge: government.Run(new MergePots(Name(which), Name(other), null, 1 + (much % 3))); break;
                case Deed.MergeBelow: council.Run(new MergePots(Name(which), Name(other), much % 2 == 0 ? awards[which] : null, 1 + (much % 3))); break;
                case Deed.Release: government.Run(government.Release(NewestAward(which), 0, much)); break;
                case Deed.Refuse: RefuseNext(); break;
                case Deed.Settle: Federation.Settle(); break;
                case Deed.Pay: Payer(other).Run(Payer(other).Payment(Name(which), much, other % 2 == 0 ? Kind.Capital : Kind.Revenue)); break;
                case Deed.Refund when Payer(other).Books.Payments.All is { Count: > 0 } paid:
                    Payer(other).Run(new RefundPayment(paid[much % paid.Count].Id, null, 1 + (much / 4)));
                    break;
                case Deed.Repay: council.Run(new RepayUnderspend(council.Books.Awards.All[much % council.Books.Awards.All.Count].Id, null, much)); break;
            }
        }

        public void MustHoldAllThatWasIssued()
        {
            var issued = Federation.Bodies.Sum(body => body.Balance(Account.Issued));
            Assert.Equal(issued, Federation.Bodies.Sum(body => body.Balance(Account.Cash) + body.Balance(Account.Spent)));
        }

        /// <summary>Looked at without the rules: from each fund to the next that a lot was in, all funds that it was in before let it go.</summary>
        public void MustBePermittedAllTheWay(Lot lot)
        {
            var way = new List<string>();
            for (Lot? at = lot; at is not null; at = at.Parent is { } parent ? Federation[parent.Entry.Body].Books.Lots.Find(parent) : null)
                if (way.Count == 0 || way[0] != at.Line.Fund)
                    way.Insert(0, at.Line.Fund);
            for (var i = 1; i < way.Count; i++)
                if (!way.Take(i).Contains(way[i]))
                    Assert.All(way.Take(i), earlier => Assert.NotEqual(0, funds[Place(earlier)].MergeInto & (1 << Place(way[i]))));
            Assert.Equal(way[0], lot.Origin.Fund);
            Assert.Equal(way.ToHashSet(), lot.Terms.Select(terms => terms.Fund).ToHashSet());
        }

        private static string Name(int fund) => $"GOV.fund-{fund}";

        private static int Place(string fund) => int.Parse(fund["GOV.fund-".Length..], System.Globalization.CultureInfo.InvariantCulture);

        private void Open(int fund)
        {
            var (mergeInto, kind, first, led) = funds[fund];
            SplitShare[] split = led ? [Write.Share(Kinds[kind], 5_000), Write.Share(Kinds[kind], 5_000, Write.Led)] : [Write.Share(Kinds[kind], 10_000)];
            government.Do(Write.Fund($"fund-{fund}", split, Write.LedByForums()) with
            {
                Years = new Years(first, first + 2),
                Rules = new FundRules([.. Enumerable.Range(0, Funds).Where(other => other != fund && (mergeInto & (1 << other)) != 0).Select(Name)]),
            });
            government.Issues(Name(fund), 5_000);
            awards.Add(Federation.Awards(government, council, Name(fund), Write.Promise(2026, Kinds[kind], 3_000)));
        }

        /// <summary>An award that names all terms that the fund's money is under by now.</summary>
        private EntryId NewestAward(int fund)
        {
            Federation.Settle();
            var first = awards[fund];
            var known = government.Books.Awards.Find(first)!;
            if (government.Books.Lots.Remaining(Name(fund)).All(lot => known.Names(lot.Terms)))
                return first;
            return awards[fund] = Federation.Awards(government, council, Name(fund), Write.Promise(2026, known.Promises[0].Kind, 3_000));
        }

        private TestBody Payer(int which) => which % 3 == 0 ? government : council;

        /// <summary>The oldest transfer on its way is refused, when it is the next that its receiver hears of.</summary>
        private void RefuseNext()
        {
            foreach (var (from, to) in new[] { (government, council), (council, government) })
                if (from.Books.Transfers.Sent.FirstOrDefault(sent => sent.State == TransferStage.InTransit) is { } transfer
                    && from.Books.Deliveries.Unanswered(to.Id).Keys.First() == transfer.Sequence
                    && to.Books.Deliveries.ExpectedSequence(from.Id, 1) == transfer.Sequence)
                {
                    Federation.Refuses(to, from, transfer.Id);
                    return;
                }
        }
    }
}
