using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers;

/// <summary>
/// Serves journals in the layout of C2SP tlog-tiles: the newest checkpoint, not to be kept for long, and tiles of hashes and
/// entries, which never change. The checkpoint is always the newest, cosigned by the witnesses that have seen it by now: a reader who was
/// told of an entry must not wait for them. Who wants one that is surely cosigned asks the witness.
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
        var journals = app.MapGroup("/journals/{body}/{epoch}").AddEndpointFilter(ThatCanBeReadAsync);
        journals.MapGet("/checkpoint", async (string body, string epoch, HttpContext context, BodyHost bodies, Cosigned cosigned, CancellationToken cancellation) =>
        {
            if (Find(bodies, body, epoch, out var number, out var problem) is not { } hosted)
                return problem!;
            var note = number < hosted.Epoch ? (await EarlierAsync(hosted, number, cancellation))?.Checkpoint : hosted.Checkpoints.NewestIfAny(number).Note;
            if (note is null)
                return Missing(NoJournal(body, epoch));
            if (note.Length == 0)
                return Results.Problem(hosted.Sequencer.ReadsOnlyBecause, statusCode: StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.CacheControl = "max-age=1";
            return Results.Text(cosigned.With(note), "text/plain", System.Text.Encoding.UTF8);
        });
        journals.MapGet("/tile/{**tile}", async (string body, string epoch, string tile, HttpContext context, BodyHost bodies, CancellationToken cancellation) =>
        {
            if (Find(bodies, body, epoch, out var number, out var problem) is not { } hosted)
                return problem!;
            if (!TilePath.TryParse(tile, out var path))
                return Missing($"tile/{tile} is no tile of a journal: write tile/0/000, tile/1/x001/234.p/56 or tile/entries/000.");
            if (await TileAsync(hosted, number, path, cancellation) is not { } bytes)
                return Missing($"The journal of {body} has no {path} (yet).");
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(bytes, Tile);
        });
    }

    /// <summary>Says of a journal that cannot be read just now why, and when to ask again.</summary>
    private static async ValueTask<object?> ThatCanBeReadAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception problem) when (problem is JournalUnavailableException or JournalCorruptException or StoreException)
        {
            if (problem is not (JournalUnavailableException { Why: Unavailability.Stopped } or JournalCorruptException))
                call.HttpContext.Response.Headers.RetryAfter = "1";
            return TypedResults.Problem(
                problem is StoreException ? "The store of this body does not answer." : problem.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<byte[]?> TileAsync(HostedBody hosted, uint epoch, TilePath path, CancellationToken cancellation)
    {
        if (epoch == hosted.Epoch)
            return path.Level is null ? await hosted.Sequencer.EntryTileAsync(epoch, path, cancellation) : hosted.Sequencer.HashTile(epoch, path);
        return await EarlierAsync(hosted, epoch, cancellation) is not { } earlier ? null
            : path.Level is null ? await earlier.EntryTileAsync(path, cancellation) : earlier.HashTile(path);
    }

    private static async Task<EarlierJournal?> EarlierAsync(HostedBody hosted, uint epoch, CancellationToken cancellation)
    {
        try
        {
            return await hosted.EarlierAsync(epoch, cancellation);
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static HostedBody? Find(BodyHost bodies, string body, string epoch, out uint number, out IResult? problem)
    {
        var isNumber = uint.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number.ToString(CultureInfo.InvariantCulture) == epoch;
        problem = bodies.WhyBroken(body) is { } why ? Results.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable)
            : bodies.Find(body) is not { } hosted || !isNumber || number > hosted.Epoch ? Missing(NoJournal(body, epoch))
            : null;
        return problem is null ? bodies.Find(body) : null;
    }

    private static string NoJournal(string body, string epoch) => $"There is no journal of {body} in epoch {epoch} here.";

    private static ProblemHttpResult Missing(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound);
}
