using System.Collections.Concurrent;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FundingFlows.Tiers.Tests;

/// <summary>An auditor's witness that answers whatever a test says, at a real address.</summary>
internal sealed class FalseWitness : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<AddCheckpoint> requests = new();

    private FalseWitness(WebApplication app) => this.app = app;

    public string Address => Addresses[0];

    /// <summary>Where it says, by gRPC, that it has seen nothing of anybody.</summary>
    public string Grpc => Addresses[1];

    private string[] Addresses => app.Addresses();

    /// <summary>What was asked so far of one journal, in order.</summary>
    public IReadOnlyList<AddCheckpoint> Of(string origin) => [.. requests.Where(request => request.Checkpoint.Origin == origin)];

    /// <summary>The key that it tells of.</summary>
    public string Key { get; set; } = "";

    /// <summary>Status and text, or nothing: then it refuses with 500.</summary>
    public Func<AddCheckpoint, (int Status, string Text)>? Answer { get; set; }

    public static async Task<FalseWitness> StartAsync()
    {
        var builder = TestServer.Speaking(HttpProtocols.Http1, HttpProtocols.Http2);
        var witness = new FalseWitness(builder.Build());
        witness.app.MapGrpcService<SawNothing>();
        witness.app.MapGet("/witness/audit/key", () => witness.Key + "\n");
        witness.app.MapPost("/witness/audit/add-checkpoint", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Assert.True(AddCheckpoint.TryParse(body.ToArray(), out var request, out var problem), problem);
            witness.requests.Enqueue(request);
            var (status, text) = witness.Answer?.Invoke(request) ?? (500, "");
            return Results.Text(text, statusCode: status);
        });
        await witness.app.StartAsync();
        return witness;
    }

    public ValueTask DisposeAsync() => app.EndAsync();

    private sealed class SawNothing : AuditService.AuditServiceBase
    {
        public override Task<Contracts.Audit.V1.TellSeenResponse> TellSeen(Contracts.Audit.V1.TellSeenRequest request, ServerCallContext context) =>
            Task.FromResult(new Contracts.Audit.V1.TellSeenResponse { Bodies = { request.Bodies.Select(body => new SeenBody { Body = body }) } });
    }
}
