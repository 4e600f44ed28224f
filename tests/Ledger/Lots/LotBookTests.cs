using System.Runtime.CompilerServices;

namespace FundingFlows.Ledger.Tests;

/// <summary>A book of lots says what plain ones say, and takes little memory.</summary>
public sealed class LotBookTests
{
    private const int MostBytesOfALot = 100;

    /// <summary>Every history does everything: after so many steps lots of many labels were used for everything, and some for all at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Book_OfARandomHistory_SaysWhatPlainLotsSay(int seed)
    {
        var money = new OddMoney(seed);
        for (var step = 0; step < 600; step++)
        {
            money.Step();
            if (step % 50 == 0)
                money.Plain.MustBe(money.Body.Books.Lots);
        }

        money.Plain.MustBe(money.Body.Books.Lots);
        Assert.Equal(Dump.Of(Replay.Of(money.Body)), Dump.Of(money.Body.Books));
        Assert.True(money.Plain.All.Count > 400, $"Only {money.Plain.All.Count} lots were made.");
        Assert.Contains(money.Body.Books.Lots.All, lot => Enum.GetValues<Account>().Count(account => lot.Balances[account] != 0) > 4);
    }

    /// <summary>So many that rows, and the marks of what remains, stand in several chunks and levels.</summary>
    [Fact]
    public void Book_OfThousandsOfLots_FindsAndOrdersThemAll()
    {
        var money = new OddMoney(7);
        while (money.Plain.All.Count < 20_000)
            money.Issue(200);
        for (var step = 0; step < 500; step++)
            money.Step();

        money.Plain.MustBe(money.Body.Books.Lots);
    }

    [Fact]
    public void Find_OfWhatIsNoLotHere_FindsNothing()
    {
        var money = new OddMoney(8);
        for (var step = 0; step < 100; step++)
            money.Step();
        var book = money.Body.Books.Lots;
        var id = book.All[^1].Id;

        Assert.Equal(book.All[^1], book.Find(id));
        Assert.NotEqual(book.All[^2], book.Find(id));
        LotId[] strangers =
        [
            id with { Ordinal = 9 }, id with { Ordinal = -1 }, id with { Ordinal = int.MaxValue }, id with { Ordinal = 1 << 16 }, id with { Entry = id.Entry with { Body = "other" } },
            id with { Entry = id.Entry with { Epoch = id.Entry.Epoch + 1 } }, id with { Entry = id.Entry with { Index = 0 } }, id with { Entry = id.Entry with { Index = id.Entry.Index + 1 } },
            id with { Entry = id.Entry with { Index = -1 } }, id with { Entry = id.Entry with { Index = long.MaxValue } }, id with { Entry = id.Entry with { Index = id.Entry.Index + (1L << 48) } },
        ];
        Assert.All(strangers, stranger => Assert.Null(book.Find(stranger)));
        Assert.Null(new Books().Lots.Find(id));
        Assert.Throws<ArgumentOutOfRangeException>(() => book.All[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => book.All[book.All.Count]);
    }

    [Fact]
    public void Lot_AsTheOnlyThingThatGrows_TakesFewBytes()
    {
        const int InAnEntry = 250;
        const int Entries = 400;
        var body = new TestFederation().Add("GOV", Tier.CentralGovernment);
        var issue = new MoneyIssued { Fund = "GOV.f", TermsVersion = 1, Source = Write.Vote().ToSource(), AmountPence = InAnEntry };
        for (var i = 0; i < InAnEntry; i++)
            issue.Lots.Add(new NewLot
            {
                AmountPence = 1,
                TermsVersion = 1,
                Line = new FundLine("GOV.f", Kind.Capital, Write.ThreeYears, EarmarkSet.None).ToLine(),
                Origin = new RootOf(Write.Vote(), "GOV.f", new LotId(new EntryId("GOV", 1, 1), 0)).ToOrigin(),
                Award = new EntryId("GOV", 1, 1).ToRef(),
            });
        var entry = new Entry { Fact = new Fact { MoneyIssued = issue } };
        Apply();
        var lots = body.Books.Lots.All;

        // All that is allocated counts, so no less than what is kept; but each lot was also handed out once, and nobody keeps that.
        var handedOut = Allocated(() =>
        {
            for (var i = 0; i < InAnEntry; i++)
                Assert.NotNull(lots[i]);
        });
        var allocated = Allocated(() =>
        {
            for (var i = 0; i < Entries; i++)
                Apply();
        });

        Assert.InRange((allocated - (handedOut * Entries)) / (double)(InAnEntry * Entries), 1, MostBytesOfALot);

        void Apply()
        {
            entry.Index = (ulong)body.Books.Size;
            body.Books.Apply(entry);
        }
    }

    /// <summary>What stands in memory for each lot, each transfer and each of its pieces, at both ends.</summary>
    [Theory]
    [InlineData("LotRow", 80)]
    [InlineData("TransferRow", 64)]
    [InlineData("PieceRow", 40)]
    [InlineData("ReceiptRow", 32)]
    public void Row_OfWhatGrows_TakesNoMoreBytes(string name, int bytes)
    {
        var row = typeof(Books).Assembly.GetType($"FundingFlows.Ledger.{name}", throwOnError: true)!;

        Assert.InRange((int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(row).Invoke(null, null)!, 1, bytes);
    }

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
