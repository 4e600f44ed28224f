namespace FundingFlows.Simulation;

/// <summary>A broker that loses, repeats, delays and reorders news, and is sometimes not there.</summary>
internal sealed class VirtualNews(Life life) : INewsOfJournals
{
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
                scheduler.After(weather.TimeOfNews(), () => Hear(place, news));
    }

    private static void Hear(Place place, JournalMoved news)
    {
        if (place.Life is { IsListening: true } there)
            there.Get<FollowedJournals>().Hear(news);
    }
}
