namespace FundingFlows.Simulation;

/// <summary>What befalls instances and links in one run: crashes, cuts, wrong clocks, slow machines.</summary>
internal sealed class Storm(Town town, Random random)
{
    private readonly List<Place> places = [.. town.Places.Values];

    public void Begin(TimeSpan within)
    {
        var weather = town.Weather;
        foreach (var place in places)
        {
            if (weather.WithoutStreams && place.HearsNews)
                town.Struck.Count(Strike.FollowersWithoutStreams);
            if (weather.Skews)
                SetClock(place, Strike.ClocksWrong);
            if (weather.HasSlowOnes && random.Next(3) == 0)
            {
                place.Slowness = random.Next(2, 100);
                town.Struck.Count(Strike.SlowInstances);
            }
        }
        for (var i = 0; i < weather.Crashes; i++)
            town.Scheduler.After(Within(within), Fail);
        for (var i = 0; i < weather.Cuts; i++)
            town.Scheduler.After(Within(within), Cut);
        if (weather.OldCopies)
            new OldCopies(town, Any(), new Random(random.Next())).Begin(Within(within / 2));
        if (weather.AuditorAway is { } elsewhere)
            new AuditorAway(town, places.Where(place => !place.IsAudit && !place.Bodies.Contains(Map.Root)).ElementAt(random.Next(places.Count - 2)), elsewhere, new Random(random.Next())).Begin(Within(within / 4));
        if (weather.Skews)
            town.Scheduler.After(Within(within), () => SetClock(Any(), Strike.ClocksSet));
    }

    /// <summary>A machine fails: now or, as that loses what nobody else would notice, in the middle of its next append.</summary>
    private void Fail()
    {
        var place = Any();
        if (random.Next(3) > 0)
            place.FailsWhileStoring = true;
        else
            town.Fail(place);
    }

    /// <summary>An instance cannot reach another, or cannot be reached, or both; or nobody and it.</summary>
    private void Cut()
    {
        var (one, isFromAll, ways) = (Any(), random.Next(3) == 0, random.Next(1, 4));
        var others = (isFromAll ? places : [Any()]).Where(place => place != one).ToList();
        if (others.Count == 0)
            return;
        if (isFromAll)
            town.Struck.Count(Strike.InstancesCutFromAll);
        town.History.Add($"{one.Name} {(ways == 1 ? "does not reach" : ways == 2 ? "is not reached by" : "is cut off from")} {string.Join(", ", others.Select(other => other.Name))}.");
        var until = TimeSpan.FromMilliseconds(random.Next(100, 40_000));
        Set(true);
        town.Scheduler.After(until, () => Set(false));

        void Set(bool isCut)
        {
            foreach (var other in others)
            {
                if (isCut)
                    town.Struck.Count(ways == 3 ? Strike.LinksCutBothWays : Strike.LinksCutOneWay);
                if ((ways & 1) != 0)
                    town.Network.Cut(one.Name, other.Name, isCut);
                if ((ways & 2) != 0)
                    town.Network.Cut(other.Name, one.Name, isCut);
            }
        }
    }

    private void SetClock(Place place, Strike strike)
    {
        place.Skew = TimeSpan.FromMilliseconds(random.Next(-120_000, 120_000));
        town.Struck.Count(strike);
    }

    private Place Any() => places[random.Next(places.Count)];

    private TimeSpan Within(TimeSpan time) => TimeSpan.FromTicks((long)(time.Ticks * random.NextDouble()));
}
