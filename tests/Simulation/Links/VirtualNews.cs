namespace FundingFlows.Simulation;

/// <summary>A broker that loses, repeats, delays and reorders news, and is sometimes not there.</summary>
internal sealed class VirtualNews(Life life) : INewsOfJournals
{
    /// <summary>When the last of the news of a body arrives at each place.</summary>
    private readonly Dictionary<(Place To, string Body), long> lastArrivals = [];

    public bool IsThere => life.Town.Weather.HasBroker;

    public async Task SendAsync(JournalMoved news, CancellationToken cancellation)
    {
        var (scheduler, weather) = (life.Town.Scheduler, life.Town.Weather);
        life.Town.Oracle.Told(life.Place, news);
        await scheduler.DelayAsync(weather.TimeOfAMessage(life.Place, life.Place));
        if (weather.IsBrokerAway())
            throw new HttpRequestException("The simulated broker is not there.");
        foreach (var place in life.Town.Places.Values.Where(place => place.HearsNews))
            for (var copies = weather.CopiesOfNews(); copies > 0; copies--)
                Send(place, news, weather.TimeOfNews());
    }

    private void Send(Place place, JournalMoved news, TimeSpan after)
    {
        var (scheduler, arrival) = (life.Town.Scheduler, life.Town.Scheduler.Now + after.Ticks);
        if (arrival < lastArrivals.GetValueOrDefault((place, news.Body)))
            life.Town.Struck.Count(Strike.NewsOvertaken);
        else
            lastArrivals[(place, news.Body)] = arrival;
        scheduler.After(after, () => Hear(place, news));
    }

    private static void Hear(Place place, JournalMoved news)
    {
        if (place.Life is { IsListening: true } there)
            there.Get<FollowedJournals>().Hear(news);
    }
}
