namespace FundingFlows.Gateway.Tests;

/// <summary>The settings of a gateway behind which there is an auditor and nothing else.</summary>
internal static class Alone
{
    public static Dictionary<string, string?> Settings(string auditor) => new()
    {
        ["FundingFlows:Audit"] = "audit",
        ["FundingFlows:Instances:audit:Grpc"] = auditor,
        ["FundingFlows:Instances:audit:Http"] = auditor,
        ["FundingFlows:Ports:Grpc"] = "0",
        ["FundingFlows:Ports:Http"] = "0",
    };
}
