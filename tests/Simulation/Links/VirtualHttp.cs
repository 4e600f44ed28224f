using System.Globalization;
using System.Net;
using System.Text;

namespace FundingFlows.Simulation;

/// <summary>What HTTP/1.1 ports serve that other instances ask for: witnesses and tiles. Routing is its own; what is served is production's.</summary>
internal sealed class VirtualHttp(Life life) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = life.Town.Places[request.RequestUri!.Host];
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = new TaskCompletionSource<(HttpStatusCode, byte[])>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancelled = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        if (life.Town.Network.IsUnfollowed(life.Place, target))
            throw new HttpRequestException("Nobody is reached there.");
        life.Town.Network.Send(life.Place, target, () =>
        {
            if (target.Life is not { IsListening: true } server)
                Back(target, () => answer.TrySetException(new HttpRequestException("Nobody listens there.")));
            else
                _ = life.Town.Scheduler.Begin(() => ServeAsync(target, server, request.RequestUri.AbsolutePath, content, answer));
        });
        var (status, bytes) = await answer.Task;
        return new HttpResponseMessage(status) { Content = new ByteArrayContent(bytes) };
    }

    private async Task ServeAsync(Place target, Life server, string path, byte[] content, TaskCompletionSource<(HttpStatusCode, byte[])> answer)
    {
        try
        {
            var reply = await AnswerAsync(server, path.Split('/', 5)[1..], content);
            if (server.IsAlive)
                Back(target, () => answer.TrySetResult(reply));
        }
        catch (Exception problem) when (problem is JournalUnavailableException or StoreException || !server.IsAlive)
        {
            Back(target, () => answer.TrySetResult((HttpStatusCode.ServiceUnavailable, [])));
        }
    }

    private static async Task<(HttpStatusCode, byte[])> AnswerAsync(Life server, string[] path, byte[] content)
    {
        if (path is ["witness", var name, var what])
        {
            var witness = server.Get<Witness>();
            if (!await witness.IsThereAsync(name, CancellationToken.None))
                return (HttpStatusCode.NotFound, []);
            if (what == "key")
                return (HttpStatusCode.OK, Encoding.UTF8.GetBytes($"{witness.KeyOf(name)}\n"));
            var reply = await witness.AddCheckpointAsync(name, content, CancellationToken.None);
            return ((HttpStatusCode)reply.Status, Encoding.UTF8.GetBytes(reply.Text));
        }
        return path is ["journals", var body, var epoch, var tile] && TilePath.TryParse(tile["tile/".Length..], out var parsed)
            && server.Bodies.Find(body)?.Sequencer.HashTile(uint.Parse(epoch, CultureInfo.InvariantCulture), parsed) is { } hashes
                ? (HttpStatusCode.OK, hashes) : (HttpStatusCode.NotFound, []);
    }

    private void Back(Place target, Action told)
    {
        if (life.IsAlive)
            life.Town.Network.Send(target, life.Place, told);
    }
}
