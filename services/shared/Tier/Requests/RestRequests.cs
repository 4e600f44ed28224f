using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FundingFlows.Tiers;

/// <summary>Looks at each REST request before it becomes a message, so that what cannot be read is refused as everything else is: with a reason and all faults.</summary>
internal static class RestRequests
{
    /// <summary>What stands in the details of a status.</summary>
    public static readonly TypeRegistry Details = TypeRegistry.FromMessages(
        Google.Rpc.ErrorInfo.Descriptor, Google.Rpc.BadRequest.Descriptor, Google.Rpc.RetryInfo.Descriptor);

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(Details));

    /// <param name="most">The most bytes of a request.</param>
    public static void UseRestForm(this WebApplication app, long most) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not { } rest)
        {
            await next(context);
            return;
        }
        try
        {
            await LookAsync(context, rest, most);
        }
        catch (RpcException refused)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Formatter.Format(refused.GetRpcStatus()), context.RequestAborted);
            return;
        }
        await next(context);
    });

    private static async Task LookAsync(HttpContext context, GrpcJsonTranscodingMetadata rest, long most)
    {
        var form = new RestForm();
        var type = rest.MethodDescriptor.InputType;
        foreach (var (name, value) in context.Request.RouteValues.Where(value => type.FindFieldByName(value.Key) is not null))
            form.Look(type, name, value as string);
        if (rest.HttpRule.Body.Length > 0)
            using (var json = await ReadAsync(context, most))
                form.Look(type, json.RootElement);
        else
            foreach (var (name, values) in context.Request.Query)
                foreach (var value in values)
                    form.Look(type, name, value);
        form.ThrowIfAny();
    }

    /// <summary>Reads the JSON of a request, and leaves it to be read again.</summary>
    private static async Task<JsonDocument> ReadAsync(HttpContext context, long most)
    {
        if (!context.Request.HasJsonContentType())
            throw Unreadable("The content type of a request must be application/json.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        try
        {
            var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            bytes.Position = 0;
            context.Request.Body = bytes;
            return JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
        catch (JsonException)
        {
            throw Unreadable("The request is not JSON in UTF-8.");
        }
        catch (BadHttpRequestException)
        {
            throw Unreadable($"The request is cut off, or longer than {most} bytes.");
        }
    }

    private static RpcException Unreadable(string sentence) => Errors.Of(FailureReason.Malformed, sentence, []);
}
