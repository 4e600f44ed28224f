using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Registry.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever is sent to whichever rpc, the answer is an answer or a failure that was thought of, and the bodies go on.</summary>
public sealed class MalformedRequestTests(Town town) : IClassFixture<Town>
{
    private const int Requests = 100;
    private const int MostBytes = 4 << 20;

    private static readonly StatusCode[] Expected =
        [StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.FailedPrecondition, StatusCode.AlreadyExists, StatusCode.Unauthenticated, StatusCode.PermissionDenied];

    public static TheoryData<string> Names => [.. Rpc.All.Select(rpc => $"{rpc.Method.Service.Name}.{rpc.Name}")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AnyRpc_WithWhateverIsSent_FailsInAWayThatWasThoughtOf(string name)
    {
        var rpc = Rpc.All.Single(rpc => $"{rpc.Method.Service.Name}.{rpc.Name}" == name);
        var requests = new RandomRequests(new Random(Rpc.All.ToList().IndexOf(rpc)), Texts());
        var good = Rpc.Commands.Contains(rpc) ? Commands.Of(rpc.Name, town).Request : null;
        for (var i = 0; i < Requests; i++)
            await SendAsync(rpc, good is not null && i % 2 == 0 ? requests.Spoilt(good) : WithBody(rpc, requests.Any(rpc.Method.InputType), i), requests);

        foreach (var body in town.Federation.Topology.Bodies)
            Assert.Equal(body.Id, (await town.Officers.BodyAsync(body.Id)).Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AnyRpc_WithBytesThatAreNoMessage_FailsAndTellsNothingOfTheInside(string name)
    {
        var rpc = Rpc.All.Single(rpc => $"{rpc.Method.Service.Name}.{rpc.Name}" == name);
        var before = await town.QuietAsync();
        foreach (var bytes in new byte[][] { [0xff], [0x0a, 0x05, 0x61], [0x0a, 0x02, 0xc3, 0x28], [0x0b], [0x00] })
        {
            var failure = await Failure.OfAsync(() => rpc.CallAsync(town.Federation.ToBody(Central), bytes, town.As(Central, Enum.GetValues<Role>())));
            Assert.DoesNotContain("Exception:", failure.Sentence, StringComparison.Ordinal);
        }
        Assert.Equal(before, town.Sizes());
    }

    private async Task SendAsync(Rpc rpc, IMessage request, RandomRequests requests)
    {
        var named = request.Descriptor.FindFieldByName("body")?.Accessor.GetValue(request) as string ?? "";
        var body = town.Sizes().ContainsKey(named) && rpc.Method.Service.Name != "ProgrammeService" ? named : Central;
        var bytes = requests.Encoded(request);
        // What is longer is refused before it is read.
        if (bytes.Length > MostBytes)
            return;
        // A body whose key nobody has would be silent for all tests that follow.
        if (request is RotateKeyRequest { Registered: not Town.Rotating } rotated && town.Sizes().ContainsKey(rotated.Registered))
            return;
        // So would one that is abolished.
        if (request is OrderSuccessionRequest { Predecessor: not Town.Ending } ordered && town.Sizes().ContainsKey(ordered.Predecessor))
            return;
        var failure = await Failure.OrNoneAsync(() => rpc.CallAsync(town.Federation.ToBody(body), bytes, town.As(body, Enum.GetValues<Role>())));
        if (failure is null)
            return;
        Assert.True(Expected.Contains(failure.Code), $"{failure.Code}: {failure.Sentence}\nof {request.ToString()![..Math.Min(2_000, request.ToString()!.Length)]}");
        Assert.True(failure is { Info.Domain: "fundingflows", Info.Reason.Length: > 0 }, $"{failure.Code} without a reason: {failure.Sentence}");
        Assert.NotEqual("", failure.Sentence);
    }

    /// <summary>Mostly of a body that is there, or little would be read beyond its name; deliveries now and then in a message that can be read.</summary>
    private IMessage WithBody(Rpc rpc, IMessage request, int i)
    {
        if (request is DeliverRequest { Signed: { } signed } && i % 2 == 0)
            signed.Message = new RandomRequests(new Random(i), Texts()).Any(CourierMessage.Descriptor).ToByteString();
        if (i % 8 > 0)
            rpc.Method.InputType.FindFieldByName("body")?.Accessor.SetValue(request, town.Federation.Topology.Bodies[i % town.Federation.Topology.Bodies.Count].Id);
        return request;
    }

    private List<string> Texts() =>
    [
        Central, Durham, Easington, Horden, Officers.FundId, town.CentralAward, town.CouncilAward, town.WaitingAgreement, town.WaitingAward, town.Payment.Id,
        town.Payment.Pieces[0].Lot, town.PurposeDocument, town.Payment.NarrativeDocument, "neighbourhood-led", "capital", "levy", town.Repayment, town.Report, Officers.NewId(),
    ];
}
