using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace FundingFlows.Gateway;

/// <summary>What the gateway itself says when a call fails: problem details to REST, a status with a reason to gRPC.</summary>
internal static class CallFailures
{
    private const string Domain = "fundingflows";

    /// <summary>An instance that cannot be reached, and a path that it does not know, get a sentence: both come without one.</summary>
    public static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted)
            return;
        if (context.Features.Get<IForwarderErrorFeature>() is { } error && (context.Response.StatusCode >= StatusCodes.Status500InternalServerError || IsBrokenOff(context, error)))
            await AnswerUnreachableAsync(context);
        else if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: 0 })
            context.Response.ContentLength = null;
    }

    /// <summary>
    /// Whether an instance broke a call off while the caller's words were still on their way to it. The proxy cannot tell whose fault that
    /// was, and says 400; a caller who is still there and sent nothing bad is not to blame.
    /// </summary>
    private static bool IsBrokenOff(HttpContext context, IForwarderErrorFeature error) =>
        error.Error == ForwarderError.RequestBodyClient && !context.RequestAborted.IsCancellationRequested
        && (error.Exception as AggregateException)?.Flatten().InnerExceptions.OfType<BadHttpRequestException>().Any() != true;

    /// <summary>An answer to REST.</summary>
    public static Task AnswerAsync(HttpContext context, int status, string title, string sentence) =>
        Results.Problem(sentence, statusCode: status, title: title).ExecuteAsync(context);

    /// <summary>An answer to gRPC without a message: the status stands in the headers.</summary>
    public static Task AnswerGrpcAsync(HttpContext context, StatusCode code, string reason, string sentence)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = sentence,
            Details = { Any.Pack(new ErrorInfo { Domain = Domain, Reason = reason }) },
        };
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = status.Code.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(sentence);
        context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
        return Task.CompletedTask;
    }

    private static Task AnswerUnreachableAsync(HttpContext context)
    {
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        var body = RouteTable.BodyOf(context, isGrpc);
        var sentence = $"{(body.Length > 0 ? body : "The auditor")} does not answer just now. Please try again in a minute.";
        return isGrpc
            ? AnswerGrpcAsync(context, StatusCode.Unavailable, "UNREACHABLE", sentence)
            : AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable", sentence);
    }
}
