using FundingFlows.Contracts.Agreements.V1;
using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>An instance that stops ends the streams that it serves, and waits for nobody who would never hang up.</summary>
public sealed class StoppingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EveryStream_OfAnInstanceThatStops_EndsWithASentence()
    {
        await using var federation = await StartAsync(_ => { });
        foreach (var rpc in Rpc.All.Where(rpc => rpc.Method.IsServerStreaming))
        {
            using var call = Open(rpc, federation);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

            await federation.StopAsync(CouncilA).WaitAsync(Patience);

            var failure = await Failure.OfAsync(() => ReadToEndAsync(call.ResponseStream));
            Assert.Equal((StatusCode.Unavailable, "STOPPING", "This instance is stopping. Follow again from where you are."), (failure.Code, failure.Reason, failure.Sentence));
            await federation.StartAsync(CouncilA);
        }
    }

    /// <summary>Entries without a checkpoint yet: the stream waits for that, and not only for further entries.</summary>
    [Fact]
    public async Task Stream_ThatWaitsForACheckpoint_EndsToo()
    {
        await using var federation = await StartAsync(options => options.Settings["FundingFlows:CheckpointInterval"] = "01:00:00");
        using var follow = new JournalService.JournalServiceClient(federation.ToBody(Durham)).FollowJournal(new FollowJournalRequest { Body = Durham });
        Assert.True(await follow.ResponseStream.MoveNext(CancellationToken.None));
        await new AgreementService.AgreementServiceClient(federation.ToBody(Durham)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Durham, CommandId = Officers.NewId(), Recipient = Newcastle }, federation.Officers.At(Durham));
        do
            Assert.True(await follow.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
        while (follow.ResponseStream.Current.Page.Entries.Select(entry => Entry.Parser.ParseFrom(entry)).All(entry => entry.Fact.AgreementProposed is null));

        await federation.StopAsync(CouncilA).WaitAsync(Patience);

        Assert.Equal("STOPPING", (await Failure.OfAsync(() => ReadToEndAsync(follow.ResponseStream))).Reason);
    }

    [Fact]
    public async Task Watch_OfHealth_EndsWithTheInstance()
    {
        await using var federation = await StartAsync(_ => { });
        using var watch = new Health.HealthClient(federation.To(CouncilA)).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        await federation.StopAsync(CouncilA).WaitAsync(Patience);
    }

    private static Task<TestFederation> StartAsync(Action<TestFederationOptions> configure) => Town.StartEmptyAsync(options =>
    {
        options.Register = false;
        // Longer than any test waits: what stops must end by itself, not because a host lost its patience.
        options.Configure = (_, services) => services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        configure(options);
    });

    private static AsyncServerStreamingCall<byte[]> Open(Rpc rpc, TestFederation federation)
    {
        var bytes = Marshallers.Create<byte[]>(sent => sent, received => received);
        var method = new Method<byte[], byte[]>(MethodType.ServerStreaming, rpc.Method.Service.FullName, rpc.Name, bytes, bytes);
        return federation.ToBody(Durham).CreateCallInvoker().AsyncServerStreamingCall(method, null, new CallOptions(), rpc.Empty(Durham).ToByteArray());
    }

    private static async Task ReadToEndAsync<T>(IAsyncStreamReader<T> stream)
    {
        while (await stream.MoveNext(CancellationToken.None).WaitAsync(Patience))
        {
            // What comes before the end does not matter.
        }
    }
}
