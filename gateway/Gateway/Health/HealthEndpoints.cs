namespace FundingFlows.Gateway;

internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c> and <c>/health/ready</c>: the gateway itself, which serves the others when one instance is down.
    /// <c>/health</c>: everything behind it; 503 when anything is not healthy.
    /// </summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("Healthy"));
        app.MapGet("/health/ready", () => Results.Text("Healthy"));
        app.MapGet("/health", async (InstanceHealth health, CancellationToken cancellation) =>
        {
            var instances = await health.AskAsync(cancellation);
            var allHealthy = instances.All(instance => instance.Status == "Healthy");
            return Results.Json(
                new { status = allHealthy ? "Healthy" : "Unhealthy", instances },
                statusCode: allHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
