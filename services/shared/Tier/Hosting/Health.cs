using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FundingFlows.Tiers;

/// <summary>Whether every hosted body serves; names those that do not, and why.</summary>
internal sealed class BodiesServe(BodyHost bodies, AskingRound round) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reading = bodies.All.Where(body => body.Sequencer.ReadsOnlyBecause is not null).ToDictionary(body => body.Id, body => (object)body.Sequencer.ReadsOnlyBecause!);
        var problems = bodies.NotServing.ToDictionary(body => body.Body, body => (object)body.Why);
        var unconfirmed = round.Unconfirmed.ToDictionary(body => body.Key, body => (object)body.Value);
        return Task.FromResult(problems.Count == 0 && reading.Count == 0 && unconfirmed.Count == 0 ? HealthCheckResult.Healthy($"{bodies.All.Count} bodies serve.")
            : problems.Count == 0 && reading.Count == 0
                ? HealthCheckResult.Degraded($"{bodies.All.Count} bodies serve, and {unconfirmed.Count} of them without an auditor's word that their disks are the newest.", data: unconfirmed)
            : problems.Count == 0 ? HealthCheckResult.Degraded($"{bodies.All.Count} bodies serve, and {reading.Count} of them only read.", data: reading)
            : HealthCheckResult.Unhealthy($"{problems.Count} bodies do not serve.", data: problems));
    }
}

/// <summary>Health as JSON: a status, and for each check what it says.</summary>
public static class HealthReply
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(check => new
            {
                name = check.Key,
                status = check.Value.Status.ToString(),
                description = check.Value.Description,
                data = check.Value.Data,
            }),
        },
        context.RequestAborted);
}
