using Microsoft.Extensions.Configuration.Memory;

namespace FundingFlows.Tiers;

/// <summary>
/// Libraries log warnings and worse, unless settings say otherwise: what they log of every request is its address, which
/// somebody may have put a name into.
/// </summary>
public static class QuietLibraries
{
    public static void AddQuietLibraries(this Microsoft.Extensions.Configuration.ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = ((string[])["Microsoft", "System", "Grpc", "Yarp"]).Select(library => KeyValuePair.Create($"Logging:LogLevel:{library}", (string?)"Warning")),
    });
}
