using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Subscribes to the topic of journals: an event only says where to look, so a lost, repeated or false one does no harm.</summary>
internal static class EventEndpoint
{
    public static void MapJournalEvents(this WebApplication app)
    {
        var pubSub = app.Services.GetRequiredService<IOptions<InstanceOptions>>().Value.Events.PubSub;
        app.MapPost(JournalMoved.Route, (JournalMoved moved, FollowedJournals followed) =>
        {
            followed.Hear(moved.Body, moved.LastIndex + 1);
            return Results.Ok();
        }).WithTopic(pubSub, JournalMoved.Topic);
    }
}
