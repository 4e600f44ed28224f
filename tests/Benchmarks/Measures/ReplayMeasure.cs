using System.Diagnostics;
using FundingFlows.Ledger;

namespace FundingFlows.Benchmarks;

/// <summary>How fast a journal of releases is read again at a start: read from the store, parsed, hashed, applied, and its root compared.</summary>
internal static class ReplayMeasure
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Opens the journal that a service wrote, once it has ended, and says how many entries a second.</summary>
    public static async Task<double> OfAsync(string path, Genesis genesis)
    {
        using var end = new CancellationTokenSource(Patience);
        await using var store = SqliteJournalStore.Open(path);
        await using var committer = new GroupCommitter(store, TimeProvider.System, Environment.FailFast);
        var start = Stopwatch.GetTimestamp();
        var body = await Sequencer.OpenAsync(new SequencerSettings(genesis, store, committer, TimeProvider.System, _ => true, _ => false), end.Token);
        return body.CommittedSize / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>How much memory each of so many lots takes, as books hold them: in bytes.</summary>
    public static double BytesOfALot(int lots)
    {
        var books = new Books();
        books.Apply(new Entry { Fact = new Fact { Genesis = new Genesis { Body = TestTopology.Central, Epoch = 1, RegisteringBody = TestTopology.Central, Federation = "benchmark", FormatVersion = Sequencer.FormatVersion } } });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i <= lots; i++)
            books.Apply(new Entry { Index = (ulong)i, Fact = new Fact { MoneyIssued = Issued(i) } });
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(books);
        return (double)(after - before) / lots;
    }

    private static MoneyIssued Issued(int index)
    {
        var source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate-2026-27" };
        return new MoneyIssued
        {
            Fund = Officers.FundId,
            TermsVersion = 1,
            Source = source,
            AmountPence = 100,
            Lots =
            {
                new NewLot
                {
                    AmountPence = 100,
                    TermsVersion = 1,
                    Line = new Line { Fund = Officers.FundId, Kind = Kind.Capital, Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year + 2 } },
                    Origin = new Origin { Lot = new LotRef { Body = TestTopology.Central, Epoch = 1, Index = (ulong)index }, Source = source },
                },
            },
        };
    }
}
