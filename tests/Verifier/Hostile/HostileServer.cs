using System.Collections.Concurrent;
using FundingFlows.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace FundingFlows.Verifier.Tests;

/// <summary>A server that answers as the test says.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication served;
    private readonly ConcurrentQueue<string> asked = new();

    private HostileServer(Func<string, HttpResponse, CancellationToken, Task> answer)
    {
        var builder = TestServer.Speaking(HttpProtocols.Http1);
        served = builder.Build();
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

    public string Address => $"{served.Addresses()[0]}/";

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
