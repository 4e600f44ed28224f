using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What bodies tell one another of what they have seen of each other.</summary>
public sealed class TellingTests(PeersSetting setting) : IClassFixture<PeersSetting>
{
    private static readonly ByteString Nonce = ByteString.CopyFrom([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);

    [Fact]
    public async Task Seen_AtARegistrar_IsWhatItsInstanceCosigned_WhoeverWasAskedFor()
    {
        using var voice = new PeerVoice(setting.Federation, Durham);
        var origin = Names.Origin(setting.Federation.Id, Durham, 1);
        var note = new Checkpoint(origin, 7, MerkleHash.Leaf([1])).Sign(VerifierKey.Of(origin, voice.Key.PublicKey), voice.Key);
        var remembered = setting.Federation.Instance(CentralInstance).Services.GetRequiredService<WitnessStore>();
        Assert.True(remembered.TryAdvance("a witness", origin, 0, 7, note));

        var told = await PeersOf(Central).TellSeenAsync(new TellSeenRequest { Bodies = { PeersSetting.Unregistered, Durham } });

        Assert.Equal([PeersSetting.Unregistered, Durham], told.Bodies.Select(body => body.Body));
        Assert.Empty(told.Bodies[0].Journals);
        Assert.Equal(new SeenJournal { Epoch = 1, Checkpoint = note }, Assert.Single(told.Bodies[1].Journals));
    }

    [Fact]
    public async Task Delivered_BeforeAndAfterADelivery_IsNothingAndThenThatEntry_Signed()
    {
        using var voice = new PeerVoice(setting.Federation, Hartlepool);
        Assert.Equal(new NewestDelivered { Nonce = Nonce }, await DeliveredAsync(Newcastle, Hartlepool));

        var first = PeerVoice.Proposal(Newcastle, 1, 4);
        var second = PeerVoice.Proposal(Newcastle, 2, 9);
        await voice.DeliverAsync(Newcastle, first, second);

        Assert.Equal(
            new NewestDelivered
            {
                Nonce = Nonce,
                Entry = new EntryRef { Body = Hartlepool, Epoch = 1, Index = 9 },
                LeafHash = ByteString.CopyFrom(MerkleHash.Leaf(second.Entries[0].Span)),
                Sequence = 2,
            },
            await DeliveredAsync(Newcastle, Hartlepool));
    }

    [Fact]
    public async Task Question_WithoutANonceOrASender_IsMalformed_AndToNobodyHere_IsMissing()
    {
        foreach (var (status, question) in new (StatusCode, TellDeliveredRequest)[]
        {
            (StatusCode.InvalidArgument, new() { Body = Newcastle, Sender = Durham, SenderEpoch = 1 }),
            (StatusCode.InvalidArgument, new() { Body = Newcastle, Sender = "no body", SenderEpoch = 1, Nonce = Nonce }),
            (StatusCode.InvalidArgument, new() { Body = Newcastle, Sender = Durham, Nonce = Nonce }),
            (StatusCode.NotFound, new() { Body = Region, Sender = Durham, SenderEpoch = 1, Nonce = Nonce }),
        })
            Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(async () => await PeersOf(Newcastle).TellDeliveredAsync(question))).StatusCode);
    }

    private PeerService.PeerServiceClient PeersOf(string body) => new(setting.Federation.ToBody(body));

    private async Task<NewestDelivered> DeliveredAsync(string asked, string sender)
    {
        var signed = (await PeersOf(asked).TellDeliveredAsync(new TellDeliveredRequest { Body = asked, Sender = sender, SenderEpoch = 1, Nonce = Nonce })).Signed;
        using var voice = new PeerVoice(setting.Federation, asked);
        Assert.True(CourierSignature.IsBy(signed, VerifierKey.Of(Names.Origin(setting.Federation.Id, asked, 1), voice.Key.PublicKey)));
        var message = CourierMessage.Parser.ParseFrom(signed.Message);
        Assert.Equal((setting.Federation.Id, asked, 1u, sender), (message.Federation, message.Sender, message.SenderEpoch, message.Receiver));
        return message.NewestDelivered;
    }
}
