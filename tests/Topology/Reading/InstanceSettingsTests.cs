namespace FundingFlows.Topologies.Tests;

/// <summary>The settings that a host writes for an instance.</summary>
public sealed class InstanceSettingsTests
{
    /// <summary>The root's key is copied from there to the verifier's command line.</summary>
    [Fact]
    public void Settings_WithAKey_HoldItAsItIsWrittenElsewhere()
    {
        using var data = new DataFolder();
        var key = "demo/root/1+0a1b2c3d+AQ/+==";
        var file = InstanceSettings.Write(
            new Dictionary<string, string> { ["FundingFlows:TrustRoot"] = key }, new FederationSetup("demo", default, key, data.Path), new Instance("audit", ServiceKind.Audit));

        Assert.Contains($"\"{key}\"", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
