using Google.Rpc;

namespace FundingFlows.Tiers.Tests;

/// <summary>How a call failed: its status, and what the details say.</summary>
public sealed record Failure(StatusCode Code, string Sentence, ErrorInfo? Info, IReadOnlyList<string> Fields, bool TellsWhenToRetry)
{
    public string Reason => Info?.Reason ?? "";

    /// <summary>The failure of a call that must fail.</summary>
    public static async Task<Failure> OfAsync(Func<Task> call) => Of(await Assert.ThrowsAsync<RpcException>(call));

    /// <summary>The failure of a call, or null.</summary>
    public static async Task<Failure?> OrNoneAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException problem)
        {
            return Of(problem);
        }
    }

    private static Failure Of(RpcException problem)
    {
        var status = problem.GetRpcStatus();
        return new Failure(
            problem.StatusCode, problem.Status.Detail, status?.GetDetail<ErrorInfo>(),
            [.. status?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []],
            status?.GetDetail<RetryInfo>() is not null);
    }
}
