namespace FundingFlows.AppHost;

/// <summary>Redis, which carries the news that journals have moved. It keeps nothing: what it loses, followers have from the journals' streams.</summary>
internal static class EventBroker
{
#pragma warning disable ASPIRECERTIFICATES001 // Without TLS whatever certificates this machine has: sidecars would have to trust it.
    public static IResourceBuilder<RedisResource> AddEventBroker(this IDistributedApplicationBuilder builder) =>
        builder.AddRedis("redis").WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
}
