using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FundingFlows.Tiers;

/// <summary>Serves checkpoints where C2SP tlog-tiles expects them: below the journal's prefix, as plain text, not to be cached for long.</summary>
internal static class CheckpointEndpoint
{
    public static void MapCheckpoints(this WebApplication app) =>
        app.MapGet("/journals/{body}/{epoch}/checkpoint", (string body, string epoch, HttpContext context, BodyHost bodies) =>
        {
            if (bodies.WhyBroken(body) is { } why)
                return Results.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable);
            if (bodies.Find(body) is not { } hosted || hosted.Epoch.ToString(CultureInfo.InvariantCulture) != epoch)
                return Results.Problem($"There is no journal of {body} in epoch {epoch} here.", statusCode: StatusCodes.Status404NotFound);
            context.Response.Headers.CacheControl = "max-age=1";
            return Results.Text(hosted.Checkpoints.Newest().Note, "text/plain", System.Text.Encoding.UTF8);
        });
}
