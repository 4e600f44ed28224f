using System.Net;
using System.Net.Sockets;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Topologies;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FundingFlows.Gateway.Tests;

/// <summary>The page while the auditor is slow, fails, or has very much to say.</summary>
public sealed class AuditorInTroubleTests
{
    private const string TryAgain = "The auditor does not answer just now. Please try again in a minute.";

    [Fact]
    public async Task Page_WhileTheAuditorIsSilent_SaysSoInFiveSeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        // Slow by most of those five seconds: so is the deadline that is made by it.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(-4.5));
        await using var gateway = await TestInstance.StartAsync(
            ServiceKind.Gateway, Alone.Settings($"http://{silent.LocalEndpoint}"), new SaidLog(), services => services.AddSingleton<TimeProvider>(time));
        using var front = Front.Of(gateway);

        var page = await Page.OfAsync(front, "/").WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TryAgain), (page.Status, page.Problem));
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Page_WhenTheAuditorFails_IsAPageAllTheSame(StatusCode code)
    {
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => throw new RpcException(new Status(code, "inside")) });
        var page = await Page.OfAsync(auditor.Front, "/?payment=E06000047.1.3");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TryAgain), (page.Status, page.Problem));
        Assert.DoesNotContain("inside", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfAsManyPiecesAsAreShown_IsShown()
    {
        // Eight bodies on the way, each proved in a journal of a million entries.
        var steps = Enumerable.Range(0, 16).Select(i => Traces.Step(i % 2 == 0 ? StepKind.Received : StepKind.Sent, $"E0600000{i / 2}", 1)).ToArray();
        foreach (var step in steps)
        {
            step.Proof.Path.AddRange(Enumerable.Repeat(ByteString.CopyFrom(new byte[32]), 20));
            step.Proof.Checkpoint = new string('x', 300);
        }
        var trace = Traces.Of([.. Enumerable.Repeat(Traces.Path(1, steps), 256)]);
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => trace });

        var page = await Page.OfAsync(auditor.Front, "/?payment=E06000047.1.3");

        Assert.True(trace.CalculateSize() > 4 << 20);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(256, page.Pictures.Count);
    }
}
