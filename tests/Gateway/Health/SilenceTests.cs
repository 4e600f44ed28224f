using System.Net;
using System.Net.Sockets;
using FundingFlows.Topologies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FundingFlows.Gateway.Tests;

/// <summary>An instance that takes calls and never answers, or answers with something else than its health.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task Health_OfAnInstanceThatIsSilent_IsUnreachableAfterTwoSeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await StartAsync(silent, time);
        using var front = Front.Of(gateway);

        var asking = front.GetAsync("/health");
        using var asked = await silent.AcceptSocketAsync();
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var health = await asking.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);
        Assert.Equal("Unreachable", $"{health.Json["instances"]![0]!["status"]}");
    }

    [Fact]
    public async Task Health_OfSomethingElse_IsUnreachable()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var gateway = await StartAsync(other, new FakeTimeProvider());
        using var front = Front.Of(gateway);

        var asking = front.GetAsync("/health");
        using (var asked = await other.AcceptSocketAsync())
            await asked.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello"u8.ToArray());
        var health = await asking.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);
        Assert.Equal("Unreachable", $"{health.Json["instances"]![0]!["status"]}");
    }

    private static Task<TestInstance> StartAsync(TcpListener instance, FakeTimeProvider time) => TestInstance.StartAsync(
        ServiceKind.Gateway, Alone.Settings($"http://{instance.LocalEndpoint}"), new SaidLog(), services => services.AddSingleton<TimeProvider>(time));
}
