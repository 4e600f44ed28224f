using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers;

/// <summary>
/// Serves the witnesses of an instance as C2SP tlog-witness says, each below <c>/witness/NAME/</c>: the submission and the monitoring prefix are the
/// same. Beside it the witness's key, and what proves that a journal told two histories.
/// </summary>
internal static class WitnessEndpoints
{
    public static void MapWitnesses(this WebApplication app)
    {
        var witnesses = app.MapGroup("/witness/{name}").AddEndpointFilter(ThatIsThereAsync);
        witnesses.MapPost("/add-checkpoint", async (string name, HttpContext context, Witness witness, CancellationToken cancellation) =>
            Answer(await witness.AddCheckpointAsync(name, await ReadAsync(context, cancellation), cancellation)));
        witnesses.MapGet("/key", (string name, Witness witness) => Answer($"{witness.KeyOf(name)}\n"));
        witnesses.MapGet("/{origin}/checkpoint", (string name, string origin, Witness witness) =>
            witness.Newest(name, origin) is { } note ? Answer(note) : Missing("This witness never cosigned a checkpoint of such a journal."));
        witnesses.MapGet("/{origin}/evidence", (string name, string origin, Witness witness) =>
            witness.Evidence(name, origin) is { } evidence ? Answer(evidence) : Missing("This witness knows of nothing that proves that such a journal told two histories."));
    }

    /// <summary>Turns away who asks a witness that is not here, and one that cannot read its key or remember.</summary>
    private static async ValueTask<object?> ThatIsThereAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (witness, name) = (call.HttpContext.RequestServices.GetRequiredService<Witness>(), (string)call.HttpContext.Request.RouteValues["name"]!);
        if (!await witness.IsThereAsync(name, call.HttpContext.RequestAborted))
            return Missing($"There is no witness {name} here.");
        try
        {
            return await next(call);
        }
        catch (Exception problem) when (problem is StoreException or FormatException || (problem is IOException and not BadHttpRequestException && !call.HttpContext.RequestAborted.IsCancellationRequested))
        {
            witness.Fail(problem);
            return TypedResults.Problem("This witness cannot read its key or remember what it says just now.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>All of a request, or one byte more than may be.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        // The server's own limit is another, and would be told otherwise.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var bytes = new ArrayBufferWriter<byte>();
        while (bytes.WrittenCount <= AddCheckpoint.MostBytes)
        {
            var free = bytes.GetMemory(1);
            var read = await context.Request.Body.ReadAsync(free[..Math.Min(free.Length, AddCheckpoint.MostBytes + 1 - bytes.WrittenCount)], cancellation);
            if (read == 0)
                break;
            bytes.Advance(read);
        }
        return bytes.WrittenMemory;
    }

    private static Utf8ContentHttpResult Answer(WitnessReply reply) => TypedResults.Text(Encoding.UTF8.GetBytes(reply.Text), reply.ContentType, reply.Status);

    private static IResult Answer(string text) => Answer(new WitnessReply(StatusCodes.Status200OK, text));

    private static IResult Missing(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound);
}
