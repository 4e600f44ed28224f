using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers;

/// <summary>
/// Serves journals in the layout of C2SP tlog-tiles: the newest checkpoint, not to be kept for long, and tiles of hashes and
/// entries, which never change.
/// </summary>
internal static class TileEndpoints
{
    private const string Tile = "application/octet-stream";
    private const string EntryTiles = "/tile/entries/";

    public static IServiceCollection AddTiles(this IServiceCollection services) =>
        // Entries are public, so that their length after packing gives nothing away.
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, [Tile]));

    public static void MapTiles(this WebApplication app)
    {
        // Hashes cannot be packed.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/journals", StringComparison.Ordinal, out var rest) && rest.Value!.Contains(EntryTiles, StringComparison.Ordinal),
            tiles => tiles.UseResponseCompression());
        app.MapGet("/journals/{body}/{epoch}/checkpoint", (string body, string epoch, HttpContext context, BodyHost bodies) =>
        {
            if (Find(bodies, body, epoch, out var problem) is not { } hosted)
                return problem!;
            context.Response.Headers.CacheControl = "max-age=1";
            return Results.Text(hosted.Checkpoints.Newest().Note, "text/plain", System.Text.Encoding.UTF8);
        });
        app.MapGet("/journals/{body}/{epoch}/tile/{**tile}", async (string body, string epoch, string tile, HttpContext context, BodyHost bodies, CancellationToken cancellation) =>
        {
            if (Find(bodies, body, epoch, out var problem) is not { } hosted)
                return problem!;
            if (!TilePath.TryParse(tile, out var path))
                return Missing($"tile/{tile} is no tile of a journal: write tile/0/000, tile/1/x001/234.p/56 or tile/entries/000.");
            if ((path.Level is null ? await hosted.Sequencer.EntryTileAsync(path, cancellation) : hosted.Sequencer.HashTile(path)) is not { } bytes)
                return Missing($"The journal of {body} has no {path} (yet).");
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(bytes, Tile);
        });
    }

    private static HostedBody? Find(BodyHost bodies, string body, string epoch, out IResult? problem)
    {
        problem = bodies.WhyBroken(body) is { } why ? Results.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable)
            : bodies.Find(body)?.Epoch.ToString(CultureInfo.InvariantCulture) != epoch ? Missing($"There is no journal of {body} in epoch {epoch} here.")
            : null;
        return problem is null ? bodies.Find(body) : null;
    }

    private static ProblemHttpResult Missing(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound);
}
