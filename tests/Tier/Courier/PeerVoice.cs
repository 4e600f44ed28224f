using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace FundingFlows.Tiers.Tests;

/// <summary>Speaks to bodies as another body does, with that body's own key, and says whatever a test wants said.</summary>
internal sealed class PeerVoice(TestFederation federation, string body) : IDisposable
{
    /// <summary>Stands in the entries that are made here. It is content: no log may show it.</summary>
    public const string Marker = "content-that-no-log-may-show";

    private const uint Epoch = 1;

    public string Body => body;

    public BodyKey Key { get; } = KeyFile.Read(Path.Combine(federation.Folder, federation.Topology.Body(body).Instance, "keys", body + ".pem"));

    public void Dispose() => Key.Dispose();

    /// <summary>A batch as an honest sender makes it.</summary>
    public CourierMessage Batch(string receiver, params IEnumerable<Delivery> deliveries) => new()
    {
        Federation = federation.Id,
        Sender = body,
        SenderEpoch = Epoch,
        Receiver = receiver,
        Deliveries = new DeliveryBatch { Deliveries = { deliveries } },
    };

    public SignedMessage Signed(CourierMessage message) => CourierSignature.Sign(message, Key);

    /// <summary>Hands a message to the instance that hosts a body.</summary>
    public static async Task<DeliverResponse> HandAsync(TestFederation federation, string hostOf, SignedMessage signed) =>
        await new PeerService.PeerServiceClient(federation.ToBody(hostOf)).DeliverAsync(new DeliverRequest { Signed = signed });

    /// <summary>Hands over an honest batch, and answers with the receipts.</summary>
    public async Task<ReceiptBatch> DeliverAsync(string receiver, params IEnumerable<Delivery> deliveries)
    {
        var answer = await HandAsync(federation, receiver, Signed(Batch(receiver, deliveries)));
        return CourierMessage.Parser.ParseFrom(answer.Signed.Message).Receipts;
    }

    public static Delivery Delivery(ulong sequence, params IEnumerable<Entry> entries) =>
        new() { Sequence = sequence, Entries = { entries.Select(entry => entry.ToByteString()) } };

    public static Entry Entry(ulong index, Fact fact) => new()
    {
        Index = index,
        RecordedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        Actor = Marker,
        Fact = fact,
    };

    /// <summary>A delivery that proposes an agreement: what any body accepts from any other.</summary>
    public static Delivery Proposal(string to, ulong sequence, ulong index) => Delivery(
        sequence, Entry(index, new Fact { AgreementProposed = new AgreementProposed { To = new Addressed { Body = to, Sequence = sequence } } }));

    /// <summary>The fact in which a receipt answers.</summary>
    public static Fact FactOf(Receipt receipt) => Contracts.Journal.V1.Entry.Parser.ParseFrom(Assert.Single(receipt.Entries)).Fact;

    public static string ReasonOf(RpcException refusal) => refusal.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "";
}
