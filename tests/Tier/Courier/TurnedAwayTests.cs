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
    /// <param name="MakeAsync">Makes it, and answers with the body at whose instance it was made.</param>
    private sealed record Attempt(string Reason, string Claimed, string Receiver, Func<Attempt, TestFederation, PeerVoice, Task<string>> MakeAsync);

    /// <summary>One that is refused as a whole.</summary>
    private static Attempt Refused(string reason, string claimed, string receiver, string at, Func<TestFederation, PeerVoice, SignedMessage> message) =>
        new(reason, claimed, receiver, async (attempt, federation, voice) =>
        {
            await RefusedAsync(federation, at, attempt.Reason, message(federation, voice));
            return at;
        });

    private static readonly Dictionary<string, Attempt> Attempts = new()
    {
        ["the key of another body"] = Refused("PEER_SIGNATURE_WRONG", Hartlepool, Durham, Durham, (federation, voice) => SignedBy(federation, Newcastle, Good(voice))),
        ["a key that nobody has"] = Refused("PEER_SIGNATURE_WRONG", Hartlepool, Durham, Durham, (_, voice) =>
        {
            using var key = BodyKey.Generate();
            return CourierSignature.Sign(Good(voice), key);
        }),
        ["a batch replayed to another instance"] = Refused("NOT_HERE", Hartlepool, Durham, Region, (_, voice) => voice.Signed(Good(voice))),
        ["a batch addressed anew"] = Refused("PEER_SIGNATURE_WRONG", Hartlepool, Newcastle, Newcastle, (_, voice) => With(voice.Signed(Good(voice)), bytes: Readdressed(voice))),
        ["a batch altered on its way"] = Refused("PEER_SIGNATURE_WRONG", Hartlepool, Durham, Durham, (_, voice) => With(voice.Signed(Good(voice)), bytes: voice.Batch(Durham, Proposal(Durham, 1, 99)))),
        ["no signature"] = Refused("MALFORMED", "", "", Durham, (_, voice) => new SignedMessage { Message = Good(voice).ToByteString() }),
        ["two signatures"] = Refused("MALFORMED", "", "", Durham, (_, voice) => new SignedMessage
        {
            Message = Good(voice).ToByteString(),
            Signature = ByteString.CopyFrom([.. voice.Signed(Good(voice)).Signature, .. voice.Signed(Good(voice)).Signature]),
        }),
        ["bytes that are no message"] = Refused("MALFORMED", "", "", Durham, (_, voice) => With(voice.Signed(Good(voice)), ByteString.CopyFromUtf8("no message"))),
        ["an entry that cannot be read"] = Refused("MALFORMED", Hartlepool, Durham, Durham, (_, voice) =>
            voice.Signed(voice.Batch(Durham, new Delivery { Sequence = 1, Entries = { ByteString.CopyFromUtf8("no entry") } }))),
        ["a sender that nobody registered"] = Refused("PEER_SENDER_UNKNOWN", PeersSetting.Unregistered, Durham, Durham, (federation, _) =>
        {
            using var stranger = new PeerVoice(federation, PeersSetting.Unregistered);
            return stranger.Signed(Good(stranger));
        }),
        ["a sender that is no body of the federation"] = Refused("PEER_SENDER_UNKNOWN", "", Durham, Durham, (_, voice) => voice.Signed(From(voice, "john-smith"))),
        ["a message of another epoch"] = Refused("PEER_ORIGIN_WRONG", Hartlepool, Durham, Durham, (_, voice) => voice.Signed(OfEpoch(voice, 2))),
        ["a message of another federation"] = Refused("PEER_ORIGIN_WRONG", Hartlepool, Durham, Durham, (_, voice) => voice.Signed(OfFederation(voice, "another"))),
        ["a transfer for another body"] = new("NOT_ADDRESSED_HERE", Hartlepool, Durham, async (_, _, voice) =>
        {
            Assert.Equal(DeliveryRefusal.NotAddressedHere, FactOf((await voice.DeliverAsync(Durham, Delivery(1, Entry(1, Money(Region, 1))))).Receipts[0]).TransferRefused.Reason);
            return Durham;
        }),
        ["other words under a number that was decided"] = new("CONTENT_ALTERED", Hartlepool, Region, async (_, _, voice) =>
        {
            var first = await voice.DeliverAsync(Region, Proposal(Region, 1, 1));
            Assert.Equal(first, await voice.DeliverAsync(Region, Proposal(Region, 1, 7)));
            return Region;
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
        var (durham, region) = (await CountAsync(attempt, Durham), await CountAsync(attempt, Region));
        var money = (await Federation.Officers.BodyAsync(Durham)).Totals;

        var at = await attempt.MakeAsync(attempt, Federation, voice);

        Assert.Equal(money, (await Federation.Officers.BodyAsync(Durham)).Totals);
        // The instance counts it at once, and the auditor shows what the instance says.
        var counted = await CountAsync(attempt, at);
        Assert.Equal((at == Region ? region : durham) + 1, counted);
        var instance = Federation.Topology.Body(at).Instance;
        var (seen, _) = await Wait.UntilAsync(
            AllAsync, all => all.NotReached.Count == 0 && CountOf(attempt, all.Events.Where(one => one.Instance == instance)) == counted, "the auditor showing it");
        Assert.All(seen.Where(one => one.Reason == attempt.Reason), one => Assert.Equal(SecurityEventKind.DeliveryRefused, one.Kind));
        Assert.DoesNotContain(seen, one => one.ToString().Contains(Marker, StringComparison.Ordinal) || one.ToString().Contains("john-smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_OfOneSort_CountTogetherAndOutliveTheInstance()
    {
        var attempt = Refused("PEER_SIGNATURE_WRONG", Easington, Hartlepool, Hartlepool, (federation, voice) => SignedBy(federation, Newcastle, voice.Batch(Hartlepool, Proposal(Hartlepool, 1, 1))));
        using var voice = new PeerVoice(Federation, Easington);
        for (var i = 0; i < 5; i++)
            await attempt.MakeAsync(attempt, Federation, voice);
        var before = Assert.Single(await OfAsync(Hartlepool), one => IsOf(attempt, one));
        Assert.Equal((SecurityEventKind.DeliveryRefused, 5ul), (before.Kind, before.Count));
        Assert.True(before.FirstAt.ToDateTimeOffset() <= before.LastAt.ToDateTimeOffset());

        await Federation.StopAsync(CouncilB);
        await Federation.StartAsync(CouncilB);

        Assert.Equal(before, Assert.Single(await OfAsync(Hartlepool), one => IsOf(attempt, one)));
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

    private static CourierMessage OfFederation(PeerVoice voice, string federation)
    {
        var message = Good(voice);
        message.Federation = federation;
        return message;
    }

    private static Fact Money(string to, ulong sequence) => new() { TransferSent = new TransferSent { To = new Addressed { Body = to, Sequence = sequence } } };

    private static SignedMessage With(SignedMessage signed, CourierMessage bytes) => With(signed, bytes.ToByteString());

    private static SignedMessage With(SignedMessage signed, ByteString bytes) => new() { Message = bytes, Signature = signed.Signature };

    private static SignedMessage SignedBy(TestFederation federation, string body, CourierMessage message)
    {
        using var voice = new PeerVoice(federation, body);
        return voice.Signed(message);
    }

    /// <summary>The service itself refuses it: a call that never came there has no reason.</summary>
    private static async Task RefusedAsync(TestFederation federation, string hostOf, string reason, SignedMessage signed) =>
        Assert.Equal(reason, ReasonOf(await Assert.ThrowsAsync<RpcException>(() => HandAsync(federation, hostOf, signed))));

    private static bool IsOf(Attempt attempt, SecurityEvent one) => (one.Reason, one.ClaimedSender, one.Receiver) == (attempt.Reason, attempt.Claimed, attempt.Receiver);

    private static ulong CountOf(Attempt attempt, IEnumerable<SecurityEvent> all) => all.Where(one => IsOf(attempt, one)).Aggregate(0ul, (sum, one) => sum + one.Count);

    private async Task<ulong> CountAsync(Attempt attempt, string at) => CountOf(attempt, await OfAsync(at));

    private async Task<(IReadOnlyList<SecurityEvent> Events, IReadOnlyList<string> NotReached)> AllAsync()
    {
        var answer = await Federation.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 });
        return (answer.Events, answer.NotReached);
    }

    private async Task<IReadOnlyList<SecurityEvent>> OfAsync(string body) =>
        (await new LinkService.LinkServiceClient(Federation.ToBody(body)).ListSecurityEventsAsync(new ListSecurityEventsRequest { Body = body, PageSize = 1_000 })).Events;
}
