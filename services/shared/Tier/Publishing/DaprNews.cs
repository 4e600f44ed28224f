using System.Globalization;
using Dapr.Client;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Carries news as CloudEvents through the pub/sub of the Dapr sidecar that stands beside this instance.</summary>
public sealed class DaprNews(DaprClient dapr, SidecarPresence sidecar, IOptions<InstanceOptions> options) : INewsOfJournals
{
    public bool IsThere => sidecar.IsThere;

    public Task SendAsync(JournalMoved news, CancellationToken cancellation)
    {
        var origin = Names.Origin(options.Value.Federation, news.Body, news.Epoch);
        var envelope = new Dictionary<string, string>
        {
            ["cloudevent.id"] = string.Create(CultureInfo.InvariantCulture, $"{origin}/{news.LastIndex}"),
            ["cloudevent.source"] = origin,
            ["cloudevent.type"] = JournalMoved.Type,
            ["cloudevent.subject"] = news.Body,
        };
        return dapr.PublishEventAsync(options.Value.Events.PubSub, JournalMoved.Topic, news, envelope, cancellation);
    }
}
