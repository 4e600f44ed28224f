namespace FundingFlows.Simulation;

/// <summary>Puts each deliberate bug in, and sees whether it is found within so many seeds.</summary>
internal static class Bites
{
    private const int MostSeeds = 60;
    private const int Missed = 1;

    public static IReadOnlyList<(string Name, Func<Bug> Make)> All { get; } =
    [
        ("the receiver forgets ids after a restart", () => new ForgetsIds()),
        ("the receiver answers a refusal without recording it", () => new AnswersUnrecorded()),
        ("the sender reverses on a time-out", () => new ReversesOnATimeOut()),
        ("the follower applies out of order", () => new AppliesOutOfOrder()),
        ("the courier skips on an error", () => new SkipsOnAnError()),
        ("a reply goes out before the commit", () => new RepliesEarly()),
        ("a lot that is split loses a penny", () => new LosesAPenny()),
        ("a standing instruction passes on twice", () => new PassesOnTwice()),
    ];

    /// <summary>Answers with the exit code: 0 when every one is found.</summary>
    public static int Check(TextWriter screen)
    {
        using var workshop = new Workshop();
        var (founded, missed) = (Founding.Of(workshop), 0);
        foreach (var (name, make) in All)
            if (Enumerable.Range(1, MostSeeds).Select(seed => Run.Of(workshop, founded, seed, make())).FirstOrDefault(result => result.Breaches.Count > 0) is { } found)
                screen.WriteLine($"Found, in seed {found.Seed}: {name}. {found.Breaches[0].Split('\n')[0]}");
            else
            {
                missed++;
                screen.WriteLine($"Not found in {MostSeeds} seeds: {name}.");
            }
        return missed > 0 ? Missed : 0;
    }
}
