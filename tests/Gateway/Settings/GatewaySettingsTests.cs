using FundingFlows.Topologies;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway.Tests;

/// <summary>A wrong setting stops the gateway at start, with a sentence that names it. All of them are told at once.</summary>
public sealed class GatewaySettingsTests
{
    private const string Auditor = "http://127.0.0.1:1";

    [Theory]
    [InlineData("FundingFlows:Audit", "other", "FundingFlows:Audit names 'other', which has no address under Instances.")]
    [InlineData("FundingFlows:Audit", "", "FundingFlows:Audit names '', which has no address under Instances.")]
    [InlineData("FundingFlows:Directory:E06000047", "council", "FundingFlows:Directory says that E06000047 is at council, which has no address under Instances.")]
    [InlineData("FundingFlows:Instances:audit:Grpc", "", "FundingFlows:Instances gives audit no gRPC address that begins with http:// or https://.")]
    [InlineData("FundingFlows:Instances:audit:Grpc", "localhost:7001", "FundingFlows:Instances gives audit no gRPC address that begins with http:// or https://.")]
    [InlineData("FundingFlows:Instances:audit:Http", "audit", "FundingFlows:Instances gives audit no HTTP address that begins with http:// or https://.")]
    [InlineData("FundingFlows:Ports:Http", "65536", "FundingFlows:Ports are 0 and 65536; a port is 1 to 65535, or 0 for any that is free.")]
    [InlineData("FundingFlows:Ports:Grpc", "-1", "FundingFlows:Ports are -1 and 0; a port is 1 to 65535, or 0 for any that is free.")]
    public async Task Setting_ThatIsWrong_StopsTheGatewayWithASentence(string setting, string value, string sentence) =>
        Assert.Equal([sentence], await FaultsAsync((setting, value)));

    [Fact]
    public async Task Settings_ThatAreWrong_AreAllTold() =>
        Assert.Equal(
            ["FundingFlows:Directory says that E06000047 is at council, which has no address under Instances.", "FundingFlows:Ports are 0 and 70000; a port is 1 to 65535, or 0 for any that is free."],
            await FaultsAsync(("FundingFlows:Ports:Http", "70000"), ("FundingFlows:Directory:E06000047", "council")));

    [Fact]
    public async Task Settings_ThatAreRight_LetItStart()
    {
        await using var gateway = await TestInstance.StartAsync(ServiceKind.Gateway, Alone.Settings(Auditor), new SaidLog());
        using var front = Front.Of(gateway);
        Assert.Equal("Healthy", (await front.GetAsync("/health/live")).Text);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(params (string Setting, string Value)[] wrong)
    {
        var settings = Alone.Settings(Auditor);
        foreach (var (setting, value) in wrong)
            settings[setting] = value;
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => TestInstance.StartAsync(ServiceKind.Gateway, settings, new SaidLog())))
            .Failures.Select(failure => failure[(failure.IndexOf("error: '", StringComparison.Ordinal) + 8)..].TrimEnd('\'', '.') + ".").Order(StringComparer.Ordinal);
    }
}
