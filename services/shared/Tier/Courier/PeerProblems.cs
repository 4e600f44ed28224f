using Google.Rpc;

namespace FundingFlows.Tiers;

/// <summary>How it is named why a delivery failed: nothing of what the other wrote is repeated.</summary>
internal static class PeerProblems
{
    private static readonly HashSet<string> Known = [.. System.Enum.GetValues<FailureReason>().Select(Errors.ReasonOf)];

    /// <summary>The stable reason, where it is one that is known; otherwise the status.</summary>
    public static string Of(RpcException problem) =>
        problem.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason is { } reason && Known.Contains(reason) ? reason : Refusal.Written($"{problem.StatusCode}");
}
