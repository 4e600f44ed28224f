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
        // One that has just come to only read says that.
        var unconfirmed = round.Unconfirmed.Where(body => !reading.ContainsKey(body.Key)).ToDictionary(body => body.Key, body => (object)body.Value);
        if (problems.Count > 0)
            return Task.FromResult(HealthCheckResult.Unhealthy($"{problems.Count} bodies do not serve.", data: problems));
        string[] but = [.. Some(reading.Count, "only read"), .. Some(unconfirmed.Count, "without an auditor's word that their disks are the newest")];
        return Task.FromResult(but.Length == 0 ? HealthCheckResult.Healthy($"{bodies.All.Count} bodies serve.")
            : HealthCheckResult.Degraded($"{bodies.All.Count} bodies serve, and {string.Join(", and ", but)}.", data: reading.Concat(unconfirmed).ToDictionary()));
    }

    private static IEnumerable<string> Some(int bodies, string what) => bodies > 0 ? [$"{bodies} of them {what}"] : [];
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
