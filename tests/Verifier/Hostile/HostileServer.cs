using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Verifier.Tests;

/// <summary>A server that answers as the test says.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication served;
    private readonly ConcurrentQueue<string> asked = new();

    private HostileServer(Func<string, HttpResponse, CancellationToken, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        served = builder.Build();
        served.Urls.Add("http://127.0.0.1:0");
        served.Run(async context =>
        {
            var path = context.Request.Path.Value!.TrimStart('/');
            asked.Enqueue(path);
            context.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate = null;
            try
            {
                await answer(path, context.Response, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The verifier has had enough.
            }
        });
    }

    public string Address => $"{served.Urls.Single()}/";

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <param name="answer">Takes a path, the answer to write, and when nobody waits for it any more.</param>
    public static async Task<HostileServer> StartAsync(Func<string, HttpResponse, CancellationToken, Task> answer)
    {
        var server = new HostileServer(answer);
        await server.served.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();
}
