using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;
using static FundingFlows.Tiers.Tests.PeerVoice;
using ListSecurityEventsRequest = FundingFlows.Contracts.Links.V1.ListSecurityEventsRequest;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever no honest body would send is refused without effect, remembered beyond a restart, and shown by the auditor.</summary>
public sealed class TurnedAwayTests(TurnedAwayTests.Setting setting) : IClassFixture<TurnedAwayTests.Setting>
{
    /// <summary>The federation in which only one forum is not registered, with an auditor.</summary>
    public sealed class Setting : IAsyncLifetime
    {
        public TestFederation Federation { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options => options.Register = false);
            foreach (var body in Federation.Topology.Bodies.Where(body => body.RegisteredBy != body.Id && body.Id != PeersSetting.Unregistered))
                await Federation.Officers.RegisterAsync(body.Id);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    /// <summary>What an attacker does, and how it is remembered: under which reason, as whose claim, for whom.</summary>
    private sealed record Attempt(string Reason, string Claimed, string Receiver, Func<TestFederation, PeerVoice, Task> MakeAsync);

    private static readonly Dictionary<string, Attempt> Attempts = new()
    {
        ["the key of another body"] = new("PEER_SIGNATURE_WRONG", Hartlepool, Durham, (federation, voice) => RefusedAsync(federation, Durham, SignedBy(federation, Newcastle, Good(voice)))),
        ["a key that nobody has"] = new("PEER_SIGNATURE_WRONG", Hartlepool, Durham, async (federation, voice) =>
        {
            using var key = BodyKey.Generate();
            await RefusedAsync(federation, Durham, CourierSignature.Sign(Good(voice), key));
        }),
        ["a batch replayed to another instance"] = new("NOT_HERE", Hartlepool, Durham, (federation, voice) => RefusedAsync(federation, Region, voice.Signed(Good(voice)))),
        ["a batch addressed anew"] = new("PEER_SIGNATURE_WRONG", Hartlepool, Newcastle, (federation, voice) => RefusedAsync(federation, Newcastle, With(voice.Signed(Good(voice)), bytes: Readdressed(voice)))),
        ["a batch altered on its way"] = new("PEER_SIGNATURE_WRONG", Hartlepool, Durham, (federation, voice) => RefusedAsync(federation, Durham, With(voice.Signed(Good(voice)), bytes: voice.Batch(Durham, Proposal(Durham, 1, 99))))),
        ["no signature"] = new("MALFORMED", "", "", (federation, voice) => RefusedAsync(federation, Durham, new SignedMessage { Message = Good(voice).ToByteString() })),
        ["two signatures"] = new("MALFORMED", "", "", (federation, voice) => RefusedAsync(federation, Durham, new SignedMessage
        {
            Message = Good(voice).ToByteString(),
            Signature = ByteString.CopyFrom([.. voice.Signed(Good(voice)).Signature, .. voice.Signed(Good(voice)).Signature]),
        })),
        ["a sender that nobody registered"] = new("PEER_SENDER_UNKNOWN", PeersSetting.Unregistered, Durham, async (federation, _) =>
        {
            using var stranger = new PeerVoice(federation, PeersSetting.Unregistered);
            await RefusedAsync(federation, Durham, stranger.Signed(Good(stranger)));
        }),
        ["a sender that is no body of the federation"] = new("PEER_SENDER_UNKNOWN", "", Durham, (federation, voice) => RefusedAsync(federation, Durham, voice.Signed(From(voice, "john-smith")))),
        ["a message of another epoch"] = new("PEER_ORIGIN_WRONG", Hartlepool, Durham, (federation, voice) => RefusedAsync(federation, Durham, voice.Signed(OfEpoch(voice, 2)))),
        ["a transfer for another body"] = new("NOT_ADDRESSED_HERE", Hartlepool, Durham, async (_, voice) =>
            Assert.Equal(DeliveryRefusal.NotAddressedHere, FactOf((await voice.DeliverAsync(Durham, Delivery(1, Entry(1, Money(Region, 1))))).Receipts[0]).TransferRefused.Reason)),
        ["other words under a number that was decided"] = new("CONTENT_ALTERED", Hartlepool, Region, async (_, voice) =>
        {
            var first = await voice.DeliverAsync(Region, Proposal(Region, 1, 1));
            Assert.Equal(first, await voice.DeliverAsync(Region, Proposal(Region, 1, 7)));
        }),
    };

    public static TheoryData<string> Names => [.. Attempts.Keys];

    private TestFederation Federation => setting.Federation;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attempt_OfAnySort_IsRefusedRememberedAndShownByTheAuditor(string what)
    {
        var attempt = Attempts[what];
        using var voice = new PeerVoice(Federation, Hartlepool);
        var before = CountOf(attempt, await AllAsync());
        var money = (await Federation.Officers.BodyAsync(Durham)).Totals;

        await attempt.MakeAsync(Federation, voice);

        Assert.Equal(money, (await Federation.Officers.BodyAsync(Durham)).Totals);
        var seen = await Wait.UntilAsync(AllAsync, all => CountOf(attempt, all) > before, "the auditor showing it");
        Assert.All(seen.Where(one => one.Reason == attempt.Reason), one => Assert.Equal(SecurityEventKind.DeliveryRefused, one.Kind));
        Assert.DoesNotContain(seen, one => one.ToString().Contains(Marker, StringComparison.Ordinal) || one.ToString().Contains("john-smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_OfOneSort_CountTogetherAndOutliveTheInstance()
    {
        using var voice = new PeerVoice(Federation, Easington);
        for (var i = 0; i < 5; i++)
            await RefusedAsync(Federation, Hartlepool, SignedBy(Federation, Newcastle, voice.Batch(Hartlepool, Proposal(Hartlepool, 1, 1))));
        var before = Assert.Single(await OfAsync(Hartlepool));
        Assert.Equal(("PEER_SIGNATURE_WRONG", Easington, Hartlepool, 5ul), (before.Reason, before.ClaimedSender, before.Receiver, before.Count));
        Assert.True(before.FirstAt.ToDateTimeOffset() <= before.LastAt.ToDateTimeOffset());

        await Federation.StopAsync(CouncilB);
        await Federation.StartAsync(CouncilB);

        var after = Assert.Single(await OfAsync(Hartlepool));
        Assert.Equal(before, after);
    }

    private static CourierMessage Good(PeerVoice voice) => voice.Batch(Durham, Proposal(Durham, 1, 1));

    private static CourierMessage Readdressed(PeerVoice voice)
    {
        var message = Good(voice);
        message.Receiver = Newcastle;
        return message;
    }

    private static CourierMessage From(PeerVoice voice, string sender)
    {
        var message = Good(voice);
        message.Sender = sender;
        return message;
    }

    private static CourierMessage OfEpoch(PeerVoice voice, uint epoch)
    {
        var message = Good(voice);
        message.SenderEpoch = epoch;
        return message;
    }

    private static Fact Money(string to, ulong sequence) => new() { TransferSent = new TransferSent { To = new Addressed { Body = to, Sequence = sequence } } };

    private static SignedMessage With(SignedMessage signed, CourierMessage bytes) => new() { Message = bytes.ToByteString(), Signature = signed.Signature };

    private static SignedMessage SignedBy(TestFederation federation, string body, CourierMessage message)
    {
        using var voice = new PeerVoice(federation, body);
        return voice.Signed(message);
    }

    private static Task RefusedAsync(TestFederation federation, string hostOf, SignedMessage signed) =>
        Assert.ThrowsAsync<RpcException>(() => HandAsync(federation, hostOf, signed));

    private static ulong CountOf(Attempt attempt, IEnumerable<SecurityEvent> all) => all
        .Where(one => (one.Reason, one.ClaimedSender, one.Receiver) == (attempt.Reason, attempt.Claimed, attempt.Receiver)).Aggregate(0ul, (sum, one) => sum + one.Count);

    private async Task<IReadOnlyList<SecurityEvent>> AllAsync()
    {
        var answer = await Federation.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 });
        return answer.NotReached.Count == 0 ? answer.Events : [];
    }

    private async Task<IReadOnlyList<SecurityEvent>> OfAsync(string body) =>
        (await new LinkService.LinkServiceClient(Federation.ToBody(body)).ListSecurityEventsAsync(new ListSecurityEventsRequest { Body = body })).Events;
}
