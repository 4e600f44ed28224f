using System.Threading.Channels;
using FundingFlows.Contracts.Transfers.V1;

using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace FundingFlows.Tiers;

/// <summary>
/// One stream of releases. A message is decided as soon as it is read, while those before it become durable; when as many as fit
/// the window wait for that, nothing more is read, and the flow control of HTTP/2 makes the sender wait.
/// </summary>
internal sealed class ReleaseStream(CommandDesk desk, TimeProvider time, IHostApplicationLifetime lifetime, ServerCallContext context)
{
    private const int MostInAMessage = 1_000;
    private const int Window = 4;

    /// <summary>A code of HTTP/2 that clients of gRPC read as UNAVAILABLE. (A status of its own cannot be said while more may come in.)</summary>
    private const int RefusedStream = 7;

    private readonly Channel<Task<ReleaseFundsStreamResponse>> window =
        Channel.CreateBounded<Task<ReleaseFundsStreamResponse>>(new BoundedChannelOptions(Window) { SingleReader = true, SingleWriter = true });

    /// <summary>Answers until the caller has sent all, hangs up, or the instance stops.</summary>
    public async Task RunAsync(IAsyncStreamReader<ReleaseFundsStreamRequest> requests, IServerStreamWriter<ReleaseFundsStreamResponse> replies)
    {
        // A stream has no end of its own: without this an instance that stops would wait for all who might send more.
        using var stopped = lifetime.ApplicationStopping.Register(() => context.GetHttpContext().Features.Get<IHttpResetFeature>()?.Reset(RefusedStream));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var deciding = DecideAsync(requests, end.Token);
        try
        {
            await foreach (var reply in window.Reader.ReadAllAsync(end.Token))
                await replies.WriteAsync(await reply, end.Token);
            await deciding;
        }
        finally
        {
            await end.CancelAsync();
            await deciding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DecideAsync(IAsyncStreamReader<ReleaseFundsStreamRequest> requests, CancellationToken end)
    {
        try
        {
            await foreach (var request in requests.ReadAllAsync(end))
            {
                if (request.Releases.Count is 0 or > MostInAMessage)
                    throw Errors.Malformed([("releases", $"must be 1 to {MostInAMessage} in a message.")]);
                context.RequireUnexpired(time);
                await window.Writer.WriteAsync(await AnswerAsync(request, end), end);
            }
        }
        finally
        {
            window.Writer.Complete();
        }
    }

    /// <summary>Decides all of a message, and answers with what will be its reply.</summary>
    private async Task<Task<ReleaseFundsStreamResponse>> AnswerAsync(ReleaseFundsStreamRequest request, CancellationToken end)
    {
        var replies = new ReleaseReply[request.Releases.Count];
        var callers = new Dictionary<string, (HostedBody Body, Caller Caller)>();
        var read = new List<(int Place, HostedBody Body, Caller Caller, Draft Draft)>(replies.Length);
        for (var i = 0; i < replies.Length; i++)
            try
            {
                var (body, caller) = Of(callers, request.Releases[i].Body);
                read.Add((i, body, caller, ReleaseRequests.Read(request.Releases[i])));
            }
            catch (RpcException refused)
            {
                replies[i] = Refused(refused);
            }
        var decided = new List<Task>();
        foreach (var group in read.GroupBy(one => one.Body))
        {
            var ofBody = group.ToList();
            decided.Add(ReplyAsync(replies, [.. ofBody.Select(one => one.Place)], await TryDecideAsync(group.Key, ofBody, end)));
        }
        return ReplyAsync(replies, decided);
    }

    private static async Task<Task<Outcome[]>> TryDecideAsync(HostedBody body, List<(int Place, HostedBody Body, Caller Caller, Draft Draft)> releases, CancellationToken end)
    {
        try
        {
            return await CommandDesk.DecideAsync(body, [.. releases.Select(one => (one.Caller, one.Draft))], end);
        }
        catch (JournalUnavailableException problem)
        {
            return Task.FromException<Outcome[]>(problem);
        }
    }

    private static async Task ReplyAsync(ReleaseReply[] replies, int[] places, Task<Outcome[]> decided)
    {
        try
        {
            var outcomes = await decided;
            for (var i = 0; i < places.Length; i++)
                replies[places[i]] = outcomes[i].Refusal is { } refusal ? Refused(Errors.From(refusal)) : new ReleaseReply { Recorded = outcomes[i].ToRecorded() };
        }
        catch (JournalUnavailableException problem)
        {
            foreach (var place in places)
                replies[place] = Refused(Errors.From(problem));
        }
    }

    private static async Task<ReleaseFundsStreamResponse> ReplyAsync(ReleaseReply[] replies, List<Task> decided)
    {
        await Task.WhenAll(decided);
        return new ReleaseFundsStreamResponse { Replies = { replies } };
    }

    /// <summary>The body and who commands there: looked up once for all releases of a message.</summary>
    private (HostedBody Body, Caller Caller) Of(Dictionary<string, (HostedBody Body, Caller Caller)> callers, string id)
    {
        if (callers.TryGetValue(id, out var known))
            return known;
        ErrorInterceptor.CheckBody(id, context);
        var body = desk.Open(id);
        return callers[id] = (body, context.Require(body, Role.Approver));
    }

    private static ReleaseReply Refused(RpcException problem) => new() { Refused = problem.GetRpcStatus() };
}
