using System.Collections.Concurrent;

namespace FundingFlows.Simulation;

/// <summary>Runs many seeds, two at a time, each on a thread of its own.</summary>
internal static class Runs
{
    private const int MostThreads = 2;

    /// <param name="bug">What is put in, for every run anew.</param>
    public static Total Of(int first, int seeds, Func<Bug> bug, TextWriter screen)
    {
        var (next, results) = (first - 1, new ConcurrentBag<RunResult>());
        var threads = Enumerable.Range(0, Math.Min(MostThreads, Math.Min(seeds, Environment.ProcessorCount))).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new Total(
            [.. results.Where(result => result.Breaches.Count > 0).Select(result => result.Seed)],
            results.Sum(result => result.Messages), TimeSpan.FromTicks(results.Sum(result => result.Time.Ticks)),
            [.. results.Select(result => result.Struck)]);

        void Work()
        {
            using var workshop = new Workshop();
            var founded = Founding.Of(workshop);
            var isFirst = true;
            for (var seed = Interlocked.Increment(ref next); seed < first + seeds; seed = Interlocked.Increment(ref next))
            {
                var result = Run.Of(workshop, founded, seed, bug());
                // One seed twice: whatever is found can be had again.
                if (isFirst && Run.Of(workshop, founded, seed, bug()).Digest != result.Digest)
                    result = result with { Breaches = [.. result.Breaches, new Breach(Check.NothingUnforeseen, "The same seed was another run.")] };
                isFirst = false;
                results.Add(result);
                if (result.Breaches.Count > 0)
                    screen.WriteLine($"Seed {seed}: {result.Breaches[0]}");
            }
        }
    }
}

/// <summary>What many runs came to.</summary>
/// <param name="Failed">The seeds in which something was wrong.</param>
/// <param name="Messages">Between instances.</param>
/// <param name="Time">How much time passed in all of them together.</param>
/// <param name="Struck">What befell each of them.</param>
internal sealed record Total(IReadOnlyList<int> Failed, long Messages, TimeSpan Time, IReadOnlyList<Struck> Struck)
{
    /// <summary>Over so many seeds everything that there is must have happened.</summary>
    public const int SeedsForEverything = 100;

    /// <summary>What never happened, although there were seeds enough.</summary>
    public IReadOnlyList<Strike> Missing => Struck.Count < SeedsForEverything ? [] : [.. Enum.GetValues<Strike>().Where(strike => SeedsOf(strike) == 0)];

    public long TimesOf(Strike strike) => Struck.Sum(one => one[strike]);

    public int SeedsOf(Strike strike) => Struck.Count(one => one[strike] > 0);
}
