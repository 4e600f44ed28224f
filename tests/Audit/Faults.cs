using Google.Rpc;

namespace FundingFlows.Audit.Tests;

internal static class Faults
{
    /// <summary>The fields that a refused request was refused for.</summary>
    public static IEnumerable<string> Fields(this RpcException refused) =>
        refused.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? [];

    /// <summary>The fixed reason of a refusal.</summary>
    public static string? Reason(this RpcException refused) => refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
}
