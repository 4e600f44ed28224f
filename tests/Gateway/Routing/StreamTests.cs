using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Transfers.V1;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>Following a journal through the gateway: entries come as they are made, nothing cuts the stream, and all of it ends with whoever stops.</summary>
public sealed class StreamTests(Played played)
{
    [Fact]
    public async Task Journal_ThatIsFollowed_BringsEntriesWhileTheStreamIsOpen()
    {
        using var follow = Follow(played.Front, Newcastle);
        var first = await NextAsync(follow);
        var proposed = await new AgreementService.AgreementServiceClient(played.Federation.ToBody(Newcastle)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Newcastle, CommandId = Officers.NewId(), Recipient = Hartlepool }, played.Officers.At(Newcastle));

        Assert.Equal(0ul, first.FirstIndex);
        Assert.StartsWith($"{played.Federation.Id}/{Newcastle}/1\n", first.Checkpoint, StringComparison.Ordinal);
        var index = ulong.Parse(proposed.Recorded.Entry.Split('.')[2], System.Globalization.CultureInfo.InvariantCulture);
        var page = first;
        while (page.FirstIndex + (ulong)page.Entries.Count <= index)
            page = await NextAsync(follow);
        Assert.Equal(Fact.KindOneofCase.AgreementProposed, Entry.Parser.ParseFrom(page.Entries[(int)(index - page.FirstIndex)]).Fact.KindCase);
    }

    /// <summary>Usually what is silent for 100 seconds is cut.</summary>
    [Fact]
    public void Journal_ThatIsSilentForADay_IsNotCut() =>
        Assert.All(
            played.Federation.Instance(GatewayInstance).Services.GetRequiredService<IProxyStateLookup>().GetClusters().Where(cluster => cluster.ClusterId.EndsWith("/grpc", StringComparison.Ordinal)),
            cluster => Assert.True(cluster.Model.Config.HttpRequest?.ActivityTimeout >= TimeSpan.FromDays(1)));

    [Fact]
    public async Task Stream_OfABodyThatNobodyHosts_IsNotFound()
    {
        using var follow = Follow(played.Front, "E06000099");
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => NextAsync(follow))).StatusCode);
    }

    [Fact]
    public async Task Instance_ThatStops_EndsItsStreamsWithASentenceAndNoOthers()
    {
        await using var federation = await Mini.StartAsync();
        using var front = Front.Of(federation);
        using var ended = Follow(front, Hartlepool);
        using var other = Follow(front, Durham);
        await NextAsync(ended);
        await NextAsync(other);
        var next = NextAsync(other);

        await federation.StopAsync(CouncilB).WaitAsync(TimeSpan.FromSeconds(30));

        var end = await Assert.ThrowsAsync<RpcException>(() => NextAsync(ended));
        Assert.Equal((StatusCode.Unavailable, "This instance is stopping. Follow again from where you are."), (end.StatusCode, end.Status.Detail));
        Assert.False(next.IsCompleted);
        other.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => next);
    }

    [Fact]
    public async Task Gateway_ThatStops_EndsTheStreamsThroughItAndWaitsForNone()
    {
        await using var federation = await Mini.StartAsync();
        using var front = Front.Of(federation);
        using var follow = Follow(front, Durham);
        await NextAsync(follow);
        var next = NextAsync(follow);

        await federation.StopAsync(GatewayInstance).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => next)).StatusCode);
    }

    /// <summary>All that a client sends in one stream may come to far more than any single request may be.</summary>
    [Fact]
    public async Task Stream_OfAClient_MayBeOfAnyLength()
    {
        const int Messages = 12;
        var headers = Front.For(Durham);
        headers.Add(played.Officers.At(Durham)[0]);
        using var call = new TransferService.TransferServiceClient(played.Front.Grpc).ReleaseFundsStream(headers);
        // Longer than any award's name: each is refused by itself, and nothing is recorded.
        var unreadable = new ReleaseFundsStreamRequest { Releases = { new ReleaseFundsRequest { Body = Durham, CommandId = Officers.NewId(), Award = new string('x', 1 << 20) } } };

        for (var i = 0; i < Messages; i++)
        {
            await call.RequestStream.WriteAsync(unreadable);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal((int)StatusCode.InvalidArgument, call.ResponseStream.Current.Replies.Single().Refused.Code);
        }
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static AsyncServerStreamingCall<FollowJournalResponse> Follow(Front front, string body) =>
        new JournalService.JournalServiceClient(front.Grpc).FollowJournal(new FollowJournalRequest { Body = body }, Front.For(body));

    private static async Task<JournalPage> NextAsync(AsyncServerStreamingCall<FollowJournalResponse> follow) =>
        await follow.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30))
            ? follow.ResponseStream.Current.Page
            : throw new InvalidOperationException("The stream ended.");
}
