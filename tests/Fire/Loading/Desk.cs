using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Rpc;

namespace FundingFlows.Fire;

/// <summary>Hands commands in at the gateway, remembers every final answer, and whatever answer there should never be.</summary>
internal sealed partial class Desk(Tokens tokens, TimeProvider time)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, (Deed Deed, string Last)> waiting = new();
    private readonly ConcurrentQueue<Acknowledged> acknowledged = new();
    private readonly ConcurrentQueue<Refused> refused = new();
    private readonly ConcurrentDictionary<string, Deed> strange = new();

    public IReadOnlyList<Acknowledged> Acknowledged => [.. acknowledged];

    public IReadOnlyList<Refused> Refused => [.. refused];

    /// <summary>Commands without a final answer so far, and what was answered last.</summary>
    public IReadOnlyList<(Deed Deed, string Last)> Waiting => [.. waiting.Values];

    /// <summary>Answers that nothing should ever surface as, and for each one command that got it.</summary>
    public IReadOnlyList<(string Answer, Deed Deed)> Strange => [.. strange.Select(one => (one.Key, one.Value))];

    /// <summary>Sends a command until its answer is final.</summary>
    public async Task DoAsync(Deed deed, CancellationToken cancellation)
    {
        waiting[deed.CommandId] = (deed, "no answer");
        var attempts = 0;
        try
        {
            var answer = await SendAsync(deed, (last, attempt) =>
            {
                waiting[deed.CommandId] = (deed, last);
                attempts = attempt;
            }, cancellation);
            acknowledged.Enqueue(new Acknowledged(deed, Fire.Acknowledged.RecordedIn(answer), attempts + 1));
            deed.Done(answer);
        }
        catch (RpcException problem)
        {
            refused.Enqueue(new Refused(deed, ReasonOf(problem), $"{problem.StatusCode}: {problem.Status.Detail}", IsSure: attempts == 0));
            Note(problem, deed, problem.StatusCode is StatusCode.PermissionDenied or StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.Unimplemented);
            deed.NotDone?.Invoke();
        }
        waiting.TryRemove(deed.CommandId, out _);
    }

    /// <summary>Sends a command until its answer is final. Throws <see cref="RpcException"/> when it is refused.</summary>
    public async Task<IMessage> SendAsync(Deed deed, Action<string, int> notYet, CancellationToken cancellation)
    {
        for (var (pause, attempt) = (ShortestPause, 1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause, attempt++)
        {
            try
            {
                return await deed.SendAsync(Options(deed, cancellation));
            }
            catch (RpcException problem) when (IsNotFinal(problem.StatusCode))
            {
                cancellation.ThrowIfCancellationRequested();
                notYet($"{problem.StatusCode}: {problem.Status.Detail}", attempt);
                // What the client says of itself, of a connection that broke, bears what it saw there.
                Note(problem, deed, problem.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unauthenticated or StatusCode.DataLoss && problem.Status.DebugException is null);
            }
            await Task.Delay(pause, time, cancellation);
        }
    }

    private void Note(RpcException problem, Deed deed, bool isStrange)
    {
        if (isStrange)
            strange.TryAdd($"{problem.StatusCode}: {problem.Status.Detail}", deed);
    }

    /// <summary>By gRPC it stands in the details of the status, by REST in the words of the answer.</summary>
    private static string ReasonOf(RpcException problem) =>
        problem.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? (Reason().Match(problem.Status.Detail) is { Success: true } found ? found.Groups[1].Value : $"{problem.StatusCode}");

    [GeneratedRegex("\"reason\": ?\"([A-Z_]+)\"")]
    private static partial Regex Reason();

    private static bool IsNotFinal(StatusCode code) => code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Cancelled
        or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown or StatusCode.Unauthenticated or StatusCode.DataLoss;

    private CallOptions Options(Deed deed, CancellationToken cancellation) => new(
        new Metadata
        {
            { "ff-body", deed.Body },
            { "authorization", "Bearer " + tokens.Of(deed.Body, deed.Role) },
        },
        time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellation);
}
