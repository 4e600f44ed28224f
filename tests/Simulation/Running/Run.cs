namespace FundingFlows.Simulation;

/// <summary>What one run came to.</summary>
/// <param name="Breaches">What was wrong, in sentences. Empty: nothing.</param>
/// <param name="Digest">Differs when anything in the history does.</param>
/// <param name="Time">How much time passed in it.</param>
/// <param name="History">What happened, where it was kept.</param>
internal sealed record RunResult(int Seed, IReadOnlyList<string> Breaches, string Digest, long Messages, TimeSpan Time, int Commands, int Refused, IReadOnlyList<string> History);

/// <summary>One run: a founded federation, a while of commands in whatever weather the seed brings, then calm until everything is quiet.</summary>
internal sealed class Run
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly Random random;
    private readonly Town town;
    private readonly Officer officer;
    private readonly Wishes wishes;
    private readonly long began;

    private Run(Workshop workshop, (IReadOnlyDictionary<string, VirtualDisk> Disks, long Now) founded, int seed, Bug bugs, bool keepsHistory)
    {
        random = new Random(seed);
        began = founded.Now;
        town = new Town(workshop, new Random(random.Next()), new Weather(new Random(random.Next())), bugs, founded.Now, founded.Disks, keepsHistory);
        officer = new Officer(town, new Random(random.Next()));
        wishes = new Wishes(town, new Random(random.Next()));
    }

    public static RunResult Of(Workshop workshop, (IReadOnlyDictionary<string, VirtualDisk> Disks, long Now) founded, int seed, Bug bugs, bool keepsHistory = false)
    {
        var run = new Run(workshop, founded, seed, bugs, keepsHistory);
        try
        {
            run.Go();
        }
        catch (InvalidOperationException problem)
        {
            run.town.Oracle.Breach($"{problem.Message} {problem.InnerException}");
        }
        return new RunResult(
            seed, run.town.Oracle.Breaches, run.town.History.Digest, run.town.Network.Messages, TimeSpan.FromTicks(run.town.Scheduler.Now - run.began), run.officer.Given, run.officer.Refused, run.town.History.Lines);
    }

    private void Go()
    {
        foreach (var place in town.Places.Values)
            town.Start(place);
        new Storm(town, new Random(random.Next())).Begin(Busy);
        for (var at = TimeSpan.Zero; at < Busy; at += TimeSpan.FromMilliseconds(random.Next(150, 800)))
            town.Scheduler.After(at, Wish);
        Pass(Busy);
        Calm();
        for (var waited = TimeSpan.Zero; ; waited += Step)
        {
            if (town.Oracle.Breaches.Count > 0)
                return;
            if (officer.Open == 0 && !GiveWhatIsDue() && town.Unrest() is null)
                break;
            if (waited > Patience)
            {
                town.Oracle.Breach($"It does not become quiet: {town.Unrest() ?? $"{officer.Open} commands are not answered."}");
                return;
            }
            town.Scheduler.RunUntil(() => false, Step);
        }
        town.Oracle.CheckAll();
        town.CheckAudit();
    }

    /// <summary>Time passes until something is wrong.</summary>
    private void Pass(TimeSpan time) => town.Scheduler.RunUntil(() => town.Oracle.Breaches.Count > 0, time);

    private void Wish()
    {
        if (wishes.Next() is var (body, command))
            _ = town.Scheduler.Begin(() => officer.DoAsync(body, command));
    }

    /// <summary>Whether there was anything that somebody had to do, and that was given now.</summary>
    private bool GiveWhatIsDue()
    {
        var due = wishes.Due().ToList();
        foreach (var (body, command) in due)
            _ = town.Scheduler.Begin(() => officer.DoAsync(body, command));
        return due.Count > 0;
    }

    private void Calm()
    {
        town.History.Add("The weather becomes calm: nothing fails any more.");
        town.Weather.IsCalm = true;
        town.Network.JoinAll();
        foreach (var place in town.Places.Values)
            place.Slowness = 1;
    }
}
