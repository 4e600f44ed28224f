using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever a receiver that has begun a new epoch answers, it is shown again what it lost until it answers rightly, and so are the others meanwhile.</summary>
public sealed class ShownAgainTests : IAsyncLifetime
{
    private const string Led = "neighbourhood-led";
    private readonly Meddler meddler = new();
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options => options.Configure = (_, services) => meddler.Join(services));
        await federation.Officers.OpenFundAsync();
        await federation.Officers.IssueAsync(100_000_00);
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    [Theory]
    [InlineData("bytes that are no message")]
    [InlineData("an entry that cannot be read")]
    public async Task Receiver_ThatAnswersWhatCannotBeRead_IsShownAgainAndDelaysNobody(string what)
    {
        var (durham, hartlepool) = (await LoseAsync(Durham), await LoseAsync(Hartlepool));
        using var voice = new PeerVoice(federation, Durham);
        meddler.Between(Central, Durham, async door => what switch
        {
            "bytes that are no message" => new DeliverResponse { Signed = new SignedMessage { Message = ByteString.CopyFromUtf8("no message") } },
            // The last alone is refused, because of those that are lost before it.
            _ when door.Message.Deliveries.Deliveries.Count == 1 => await door.Decide(),
            _ => new DeliverResponse { Signed = voice.Signed(Unreadable(door.Message)) },
        });

        await NewEpochTests.DeclareAsync(federation, Central, Durham, 2, durham);
        await Wait.UntilAsync(NotShown, "it being said that Durham's answer cannot be read");
        Assert.Contains(await SeenByCentralAsync(), one => (one.Kind, one.Reason, one.ClaimedSender) == (SecurityEventKind.ReceiptsRefused, "ANSWER_UNREADABLE", Durham));
        await NewEpochTests.DeclareAsync(federation, Central, Hartlepool, 2, hartlepool);

        await HoldsAsync(Hartlepool, 8_000_00);
        await HoldsAsync(Durham, 5_000_00);
        meddler.Leave(Central, Durham);
        await HoldsAsync(Durham, 8_000_00);
        Assert.Empty((await federation.Officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
    }

    /// <summary>Has a body receive more than the checkpoint keeps that this answers with.</summary>
    private async Task<string> LoseAsync(string body)
    {
        await federation.Officers.AgreeAsync(Central, body);
        var award = await federation.Officers.AwardAsync(Central, body, Kind.Either, 20_000_00, Led);
        await federation.Officers.SettledAsync(await federation.Officers.ReleaseAsync(award, Kind.Either, 5_000_00, Led));
        var (kept, _) = await NewEpochTests.CheckpointAsync(federation, body);
        foreach (var pence in (long[])[2_000_00, 1_000_00])
            await federation.Officers.SettledAsync(await federation.Officers.ReleaseAsync(award, Kind.Either, pence, Led));
        return kept;
    }

    /// <summary>What Durham would sign in its new epoch, with an entry that is none.</summary>
    private CourierMessage Unreadable(CourierMessage asked) => new()
    {
        Federation = federation.Id,
        Sender = Durham,
        SenderEpoch = 2,
        Receiver = Central,
        Receipts = new ReceiptBatch { Receipts = { new Receipt { Sequence = asked.Deliveries.Deliveries[0].Sequence, Entries = { ByteString.CopyFromUtf8("no entry") } } } },
    };

    private bool NotShown() => federation.Log.Lines.Any(line =>
        line.Line.Contains($"{Durham}, which has begun a new epoch, cannot be shown yet what {Central} sent it: ANSWER_UNREADABLE", StringComparison.Ordinal));

    /// <summary>Before its new epoch it holds what it is about to lose.</summary>
    private Task HoldsAsync(string body, long pence) => Wait.UntilAsync(
        async () => await federation.Officers.BodyAsync(body) is var seen ? (seen.Epoch, seen.Totals.CashPence) : default, seen => seen == (2u, pence), $"{body} holding {pence} in its new epoch");

    private async Task<IReadOnlyList<SecurityEvent>> SeenByCentralAsync() =>
        (await new LinkService.LinkServiceClient(federation.ToBody(Central)).ListSecurityEventsAsync(new() { Body = Central, PageSize = 1_000 })).Events;
}
