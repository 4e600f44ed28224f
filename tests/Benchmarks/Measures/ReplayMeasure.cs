using System.Diagnostics;

namespace FundingFlows.Benchmarks;

/// <summary>How fast a journal of releases is read again at a start: read from the store, parsed, hashed, applied, and its root compared.</summary>
internal static class ReplayMeasure
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Opens the journal that a service wrote, once it has ended.</summary>
    public static async Task<Done> OfAsync(string path, Genesis genesis)
    {
        using var end = new CancellationTokenSource(Patience);
        await using var store = SqliteJournalStore.Open(path);
        await using var committer = new GroupCommitter(store, TimeProvider.System, Environment.FailFast);
        var start = Stopwatch.GetTimestamp();
        var body = await Sequencer.OpenAsync(new SequencerSettings(genesis, store, committer, TimeProvider.System, _ => true, _ => false), end.Token);
        return new Done(body.CommittedSize, Stopwatch.GetElapsedTime(start));
    }
}
