using System.Net;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>How the gateway says that all is well, and what is not.</summary>
public sealed class HealthTests(Played played)
{
    [Fact]
    public async Task Health_OfAWholeFederation_NamesEveryInstanceBehind()
    {
        var health = await played.Front.GetAsync("/health");

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (health.Status, $"{health.Json["status"]}"));
        Assert.Equal(
            [AuditInstance, CentralInstance, CouncilA, CouncilB, Forums, RegionInstance],
            health.Json["instances"]!.AsArray().Select(instance => $"{instance!["instance"]}"));
        Assert.Equal("3 bodies serve.", $"{health.Json["instances"]![4]!["detail"]!["checks"]![0]!["description"]}");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Gateway_ThatIsUp_SaysSo(string path)
    {
        var reply = await played.Front.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Instance_WithABodyThatDoesNotServe_IsNamedWithTheReason()
    {
        await using var federation = await Mini.StartAsync(withGateway: false);
        await federation.StopAsync(CouncilB);
        // A journal that has begun belongs to its key.
        File.Delete(Path.Combine(federation.Folder, CouncilB, "keys", Hartlepool + ".pem"));
        await federation.StartAsync(CouncilB);
        await federation.StartAsync(GatewayInstance);
        using var front = Front.Of(federation);

        var health = await front.GetAsync("/health");
        var council = health.Json["instances"]!.AsArray().Single(instance => $"{instance!["instance"]}" == CouncilB)!;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (health.Status, $"{health.Json["status"]}"));
        Assert.Equal("Unhealthy", $"{council["status"]}");
        Assert.Contains($"The journal of {Hartlepool} has begun and its key", $"{council["detail"]!["checks"]![0]!["data"]![Hartlepool]}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await front.GetAsync($"/v1/bodies/{Durham}")).Status);
        await AssertSaysWhyAsync(front);
    }

    /// <summary>The body itself answers with the same reason, as a failure that was thought of.</summary>
    private static async Task AssertSaysWhyAsync(Front front)
    {
        var reply = await front.GetAsync($"/v1/bodies/{Hartlepool}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "JOURNAL_CORRUPT"), (reply.Status, $"{reply.Json["details"]![0]!["reason"]}"));
    }
}
