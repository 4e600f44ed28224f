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
            await deciding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
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
        var bodies = new Dictionary<string, OfABody>();
        for (var i = 0; i < replies.Length; i++)
            try
            {
                var read = Of(bodies, request.Releases[i].Body);
                read.Drafts.Add(ReleaseRequests.Read(request.Releases[i]));
                read.Places.Add(i);
            }
            catch (RpcException refused)
            {
                replies[i] = Refused(refused);
            }
        var decided = new List<Task>(bodies.Count);
        foreach (var read in bodies.Values.Where(read => read.Drafts.Count > 0))
            decided.Add(ReplyAsync(replies, read.Places, await TryDecideAsync(read, end)));
        return ReplyAsync(replies, decided);
    }

    private static async Task<Task<Outcome[]>> TryDecideAsync(OfABody read, CancellationToken end)
    {
        try
        {
            return await CommandDesk.DecideAsync(read.Body, read.Caller, read.Drafts, end);
        }
        catch (JournalUnavailableException problem)
        {
            return Task.FromException<Outcome[]>(problem);
        }
    }

    private static async Task ReplyAsync(ReleaseReply[] replies, List<int> places, Task<Outcome[]> decided)
    {
        try
        {
            var outcomes = await decided;
            for (var i = 0; i < places.Count; i++)
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
    private OfABody Of(Dictionary<string, OfABody> bodies, string id)
    {
        if (bodies.TryGetValue(id, out var known))
            return known;
        ErrorInterceptor.CheckBody(id, context);
        var body = desk.Open(id);
        return bodies[id] = new OfABody(body, context.Require(body, Role.Approver), [], []);
    }

    private static ReleaseReply Refused(RpcException problem) => new() { Refused = problem.GetRpcStatus() };

    /// <summary>What of a message is for one body, and where in the message each stands.</summary>
    private sealed record OfABody(HostedBody Body, Caller Caller, List<Draft> Drafts, List<int> Places);
}
