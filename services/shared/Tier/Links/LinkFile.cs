using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Opens what an instance remembers of its links, and says in the log where a damaged file was put.</summary>
internal static partial class LinkFile
{
    private const string Name = "links.db";

    public static LinkStore Open(IServiceProvider services) => LinkStore.Open(
        Path.Combine(services.GetRequiredService<IOptions<InstanceOptions>>().Value.Data, Name),
        told => LogPutAside(services.GetRequiredService<ILogger<LinkStore>>(), told));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Told}")]
    private static partial void LogPutAside(ILogger log, string told);
}
