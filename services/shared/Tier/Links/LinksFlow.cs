using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FundingFlows.Tiers;

/// <summary>Whether what the hosted bodies send arrives; names the pairs that are stuck, with age and amount. They keep nobody from serving.</summary>
internal sealed class LinksFlow(LinkWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = watch.Stuck;
        return Task.FromResult(stuck.Count == 0 ? HealthCheckResult.Healthy("What is sent arrives.") : HealthCheckResult.Degraded(
            $"{stuck.Count} pairs of bodies are stuck.",
            data: stuck.ToDictionary(link => $"{link.Sender} to {link.Receiver}", link => (object)new
            {
                ageSeconds = (long)link.Age.TotalSeconds,
                unanswered = link.Unanswered,
                inTransitPence = link.InTransitPence,
                problem = link.Problem ?? "",
            })));
    }
}
