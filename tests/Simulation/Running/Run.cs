using Google.Protobuf;

namespace FundingFlows.Simulation;

/// <summary>What one run came to.</summary>
/// <param name="Breaches">What was wrong. Empty: nothing.</param>
/// <param name="Digest">Differs when anything in the history does.</param>
/// <param name="Time">How much time passed in it.</param>
/// <param name="Struck">What befell it, and how often.</param>
/// <param name="History">What happened, where it was kept.</param>
internal sealed record RunResult(int Seed, IReadOnlyList<Breach> Breaches, string Digest, long Messages, TimeSpan Time, Struck Struck, IReadOnlyList<string> History);

/// <summary>One run: a founded federation, a while of commands in whatever weather the seed brings, then calm until everything is quiet.</summary>
internal sealed class Run
{
    /// <summary>In one of so many seeds there is a new epoch.</summary>
    private const int SeedsForAnEpoch = 4;

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
            run.town.Oracle.Breach(Check.NothingUnforeseen, $"{problem.Message} {problem.InnerException}");
        }
        return new RunResult(
            seed, run.town.Oracle.Breaches, run.town.History.Digest, run.town.Network.Messages, TimeSpan.FromTicks(run.town.Scheduler.Now - run.began), run.town.Struck, run.town.History.Lines);
    }

    private void Go()
    {
        foreach (var place in town.Places.Values)
            town.Start(place);
        new Storm(town, new Random(random.Next())).Begin(Busy);
        WishFor(town.Weather.AuditorAway is not null ? 2 * Busy : Busy);
        Calm();
        if (BecomesQuiet() && town.WithoutAuditor is null && random.Next(SeedsForAnEpoch) == 0)
            GoOnInAnEpoch(Map.Bodies.Where(body => body.Id != Map.Root).ElementAt(random.Next(Map.Bodies.Count - 1)).Id);
        if (town.Oracle.Breaches.Count > 0)
            return;
        town.Oracle.CheckAll();
        town.CheckAudit();
    }

    /// <summary>People want things for a while.</summary>
    private void WishFor(TimeSpan time)
    {
        for (var at = TimeSpan.Zero; at < time; at += TimeSpan.FromMilliseconds(random.Next(150, 800)))
            town.Scheduler.After(at, Wish);
        Pass(time);
    }

    /// <summary>Waits until everything was delivered and everybody knows. False: something is wrong.</summary>
    private bool BecomesQuiet()
    {
        for (var waited = TimeSpan.Zero; town.Oracle.Breaches.Count == 0; waited += Step)
        {
            if (officer.Open == 0 && !GiveWhatIsDue() && !town.Unrest().Any())
                return true;
            if (waited > Patience)
                NotQuiet();
            else
                town.Scheduler.RunUntil(() => false, Step);
        }
        return false;
    }

    /// <summary>Says why, and first who does not follow: that may be why nothing arrives.</summary>
    private void NotQuiet()
    {
        if (officer.Open > 0)
            town.Oracle.Breach(Check.BecomesQuiet, $"{officer.Open} commands are not answered.");
        foreach (var why in town.Unrest().Reverse().ToList())
            town.Oracle.Breach(why with { Sentence = $"It does not become quiet: {why}" });
        if (town.Oracle.Breaches.Count == 0)
            town.Oracle.Breach(Check.BecomesQuiet, "There is always something more that somebody has to do.");
    }

    /// <summary>
    /// A new epoch of a body's journal is declared, which keeps all that it has while nothing is on its way: what was kept less would be lost, and is no
    /// fault. Then the weather is bad again while the body begins it and goes on.
    /// </summary>
    private void GoOnInAnEpoch(string body)
    {
        var (observed, registrar) = (town.Oracle.Bodies[body], Map.Bodies.First(one => one.Id == body).Registrar);
        var declare = new DeclareEpoch(
            body, 2, Names.Origin(Map.Federation, body, 1), observed.Tree.Size, ByteString.CopyFrom(observed.Tree.Root(observed.Tree.Size)), observed.Books.Keys[^1].PublicKey);
        var declaring = town.Scheduler.Begin(() => officer.DoAsync(registrar, declare));
        town.Scheduler.RunUntil(() => declaring.IsCompleted, Patience);
        town.History.Add("The weather becomes bad again.");
        (town.Weather.IsCalm, town.Weather.OldCopies, town.Weather.AuditorAway) = (false, false, null);
        new Storm(town, new Random(random.Next())).Begin(Busy / 3);
        if (!town.Scheduler.RunUntil(() => town.Oracle.Breaches.Count > 0 || observed.Books.Epoch == 2, Patience))
            town.Oracle.Breach(Check.BecomesQuiet, $"{body} does not begin the epoch that {registrar} has declared.");
        WishFor(Busy / 3);
        Calm();
        BecomesQuiet();
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
            (place.Slowness, place.FailsWhileStoring) = (1, false);
    }
}
