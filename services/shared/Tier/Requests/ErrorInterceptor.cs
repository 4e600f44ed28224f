using Google.Protobuf;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Checks that a call that the gateway routed by <c>ff-body</c> is for that body, and gives every expected failure its
/// status: nothing expected ever surfaces as INTERNAL.
/// </summary>
public sealed partial class ErrorInterceptor(ILogger<ErrorInterceptor> log) : Interceptor
{
    /// <summary>The metadata key by which the gateway routes.</summary>
    public const string BodyHeader = "ff-body";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        TranslateAsync(request as IMessage, context, () => continuation(request, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        TranslateAsync(request as IMessage, context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        TranslateAsync(null, context, async () =>
        {
            await continuation(requestStream, responseStream, context);
            return true;
        });

    private async Task<T> TranslateAsync<T>(IMessage? request, ServerCallContext context, Func<Task<T>> call)
    {
        CheckBody(request, context);
        try
        {
            return await call();
        }
        catch (JournalUnavailableException problem)
        {
            throw Errors.From(problem);
        }
        catch (JournalCorruptException problem)
        {
            throw Errors.Of(FailureReason.JournalCorrupt, problem.Message, []);
        }
        catch (StoreException problem)
        {
            LogStore(context.Method, problem.Message);
            throw Errors.Of(FailureReason.StoreFailed, "The store of this body does not answer.", []);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw Errors.Of(FailureReason.Cancelled, "The caller hung up or its deadline passed.", []);
        }
    }

    private static void CheckBody(IMessage? request, ServerCallContext context)
    {
        if (Routed(context) is not null && request?.Descriptor.FindFieldByName("body") is { } field && field.Accessor.GetValue(request) is string body)
            CheckBody(body, context);
    }

    /// <summary>Throws when what is asked is not for the body that the call was routed by.</summary>
    internal static void CheckBody(string body, ServerCallContext context)
    {
        if (Routed(context) is { } routed && body != routed)
            throw Errors.Malformed([("body", $"is not the body that the call was sent to (metadata {BodyHeader}).")]);
    }

    private static string? Routed(ServerCallContext context) =>
        context.GetHttpContext().Request.Headers.TryGetValue(BodyHeader, out var routed) ? routed.ToString() : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: {Problem}")]
    private partial void LogStore(string method, string problem);
}
