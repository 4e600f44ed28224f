namespace FundingFlows.Simulation;

/// <summary>Puts each deliberate bug in, and sees whether it is found within so many seeds, by a check that belongs to it.</summary>
internal static class Bites
{
    private const int MostSeeds = 60;
    private const int Missed = 1;

    public static IReadOnlyList<(string Name, Func<Bug> Make)> All { get; } =
    [
        ("the receiver forgets ids after a restart", () => new ForgetsIds()),
        ("the receiver answers a refusal without recording it", () => new AnswersUnrecorded()),
        ("the sender reverses on a time-out", () => new ReversesOnATimeOut()),
        ("the sender settles on a time-out", () => new SettlesOnATimeOut()),
        ("the follower applies out of order", () => new AppliesOutOfOrder()),
        ("the courier skips on an error", () => new SkipsOnAnError()),
        ("a reply goes out before the commit", () => new RepliesEarly()),
        ("money that is split into lots loses a penny", () => new LosesAPenny()),
        ("the sender draws a penny less than it sends", () => new DrawsAPennyLess()),
        ("a standing instruction passes on twice", () => new PassesOnTwice()),
        ("a standing instruction splits off a penny too much", () => new SplitsAPennyTooMuch()),
        ("the auditor takes a payment out of another lot", () => new PaysFromAnotherLot()),
    ];

    /// <summary>Answers with the exit code: 0 when every one is found.</summary>
    public static int Check(TextWriter screen)
    {
        using var workshop = new Workshop();
        var (founded, missed) = (Founding.Of(workshop), 0);
        foreach (var (name, make) in All)
        {
            var other = "";
            var found = Enumerable.Range(1, MostSeeds).Select(seed => (Seed: seed, First: FirstBreach(seed, make()))).FirstOrDefault(one => one.First is not null);
            if (found.First is { } breach)
                screen.WriteLine($"Found, in seed {found.Seed}, by {breach.Check}: {name}. {breach.Sentence.Split('\n')[0]}");
            else
            {
                missed++;
                screen.WriteLine($"Not found in {MostSeeds} seeds: {name}.{other}");
            }

            // What comes first counts, and only when it belongs to the bug: what else the bug breaks may be chance.
            Breach? FirstBreach(int seed, Bug bug)
            {
                var first = Run.Of(workshop, founded, seed, bug).Breaches is [var one, ..] ? one : null;
                if (first is null || bug.FoundBy.Contains(first.Check))
                    return first;
                other = $" {first.Check} was broken in seed {seed}, which does not belong to it: {first}";
                return null;
            }
        }
        return missed > 0 ? Missed : 0;
    }
}
