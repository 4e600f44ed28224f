using System.Globalization;
using Google.Rpc;

namespace FundingFlows.Tiers;

/// <summary>A receiver's answer that earlier deliveries have not come to it.</summary>
internal static class SequenceGap
{
    public const string Expected = "expected_sequence";

    /// <summary>The sequence that it waits for. Null: the answer is another.</summary>
    public static long? ExpectedIn(RpcException problem) =>
        problem.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info && info.Reason == Errors.ReasonOf(FailureReason.PeerSequenceGap)
        && info.Metadata.TryGetValue(Expected, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var expected) && expected >= 1
            ? expected : null;
}
