using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Receives what other bodies deliver. Nothing is read of a message whose signature, sender, receiver, federation or epoch is
/// wrong; each delivery is decided once and durable before it is answered. Whatever is turned away leaves a line in the log and, where no honest sender
/// would be, a security event. Tells
/// other bodies what was seen of them here.
/// </summary>
public sealed partial class Peers(CommandDesk desk, WhoIsWho whoIsWho, SeenJournals seen, ILogger<Peers> log, SecurityRecord? security = null) : PeerService.PeerServiceBase
{
    private const int MostDeliveries = 256;
    private const int MostBytes = 2 << 20;

    /// <summary>What an honest sender whose key is known here is never told. (One whose registration or new key has not come here yet may be.)</summary>
    private static readonly HashSet<string> NeverHonest =
    [
        Errors.ReasonOf(FailureReason.Malformed), Errors.ReasonOf(FailureReason.NotHere), Errors.ReasonOf(FailureReason.PeerSenderUnknown),
        Errors.ReasonOf(FailureReason.PeerSignatureWrong), Errors.ReasonOf(FailureReason.PeerOriginWrong),
    ];

    public override async Task<DeliverResponse> Deliver(DeliverRequest request, ServerCallContext context)
    {
        var message = new CourierMessage();
        try
        {
            message = Parse(request.Signed);
            CheckForm(message);
            var body = desk.Open(message.Receiver);
            var sender = await CheckOriginAsync(message, request.Signed, body, context.CancellationToken);
            var epoch = body.Epoch;
            return Answer(body, epoch, message.Sender, await DecideAsync(body, epoch, sender, message, context.CancellationToken));
        }
        catch (RpcException refusal) when (refusal.StatusCode != StatusCode.Unavailable)
        {
            // Who it is from and for is only what the message claims: logged when it has the form of a body's id, and never believed.
            var reason = refusal.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "?";
            LogRefused(Claimed(message.Sender), Claimed(message.Receiver), reason);
            if (NeverHonest.Contains(reason))
                security?.Tell(SecurityEventKind.DeliveryRefused, reason, message.Sender, message.Receiver);
            throw;
        }
    }

    public override Task<TellSeenResponse> TellSeen(TellSeenRequest request, ServerCallContext context) =>
        Task.FromResult(new TellSeenResponse { Bodies = { SeenJournals.Read(request.Bodies).Select(seen.Of) } });

    public override async Task<TellDeliveredResponse> TellDelivered(TellDeliveredRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        DeliveredMemory.Check(request);
        return new TellDeliveredResponse { Signed = await DeliveredMemory.TellAsync(body, request, context.CancellationToken) };
    }

    private static string Claimed(string body) => Names.IsBody(body) ? body : "?";

    private static DeliverResponse Answer(HostedBody body, uint epoch, string sender, ReceiptBatch receipts)
    {
        var answer = new CourierMessage
        {
            Federation = body.Genesis.Federation,
            Sender = body.Id,
            SenderEpoch = epoch,
            Receiver = sender,
            Receipts = receipts,
        };
        return new DeliverResponse { Signed = CourierSignature.Sign(answer, body.Key) };
    }

    private static CourierMessage Parse(SignedMessage? signed)
    {
        var fields = new Fields();
        fields.Check(signed is not null && signed.Message.Length is > 0 and <= MostBytes, "signed.message", $"must be 1 to {MostBytes} bytes.");
        fields.Check(signed?.Signature.Length == 64, "signed.signature", "must be 64 bytes.");
        fields.ThrowIfAny();
        try
        {
            return CourierMessage.Parser.ParseFrom(signed!.Message);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Errors.Malformed([("signed.message", "cannot be read.")]);
        }
    }

    private static void CheckForm(CourierMessage message)
    {
        var fields = new Fields();
        fields.Body("sender", message.Sender);
        fields.Body("receiver", message.Receiver);
        var deliveries = message.Deliveries?.Deliveries ?? [];
        fields.Check(deliveries.Count is >= 1 and <= MostDeliveries, "deliveries", $"must be 1 to {MostDeliveries} of them.");
        fields.Check(
            deliveries.All(delivery => delivery.Entries.Count is >= 1 and <= Parts.MostParts && delivery.Entries.All(entry => entry.Length is >= 1 and <= Sequencer.MostEntryBytes)),
            "deliveries", $"must each hold 1 to {Parts.MostParts} entries of 1 to {Sequencer.MostEntryBytes} bytes.");
        fields.Check(
            deliveries.All(delivery => delivery.Sequence is >= 1 and < long.MaxValue)
            && deliveries.Zip(deliveries.Skip(1)).All(pair => pair.Second.Sequence == pair.First.Sequence + 1),
            "deliveries", "must be in the order of their sequences, from 1, without a gap.");
        fields.ThrowIfAny();
    }

    private async Task<KnownBody> CheckOriginAsync(CourierMessage message, SignedMessage signed, HostedBody body, CancellationToken cancellation)
    {
        if (await whoIsWho.FindAsync(message.Sender, cancellation) is not { } sender)
            throw Refused(message, FailureReason.PeerSenderUnknown, "the sender is not registered, as far as is known here");
        if (!CourierSignature.IsBy(signed, sender.Newest))
            throw Refused(message, FailureReason.PeerSignatureWrong, "the signature is not the sender's");
        if (message.Federation != body.Genesis.Federation || message.SenderEpoch == 0 || message.SenderEpoch > sender.Epoch)
            throw Refused(message, FailureReason.PeerOriginWrong, "it is of another federation or epoch");
        return sender;
    }

    private async Task<ReceiptBatch> DecideAsync(HostedBody body, uint epoch, KnownBody sender, CourierMessage message, CancellationToken cancellation)
    {
        var deliveries = ReadDeliveries(message);
        // Of an earlier epoch only what the next ones keep still counts.
        if (deliveries.Any(delivery => delivery.Entries.Any(entry => sender.EpochAt(unchecked((long)entry.Entry.Index)) != message.SenderEpoch)))
            throw Refused(message, FailureReason.PeerOriginWrong, "it holds entries that are not of that epoch, or that a later one has not kept");
        // Decided one after the other, made durable together.
        var outcomes = await await body.Sequencer.DecideAsync([.. deliveries.Select(delivery => new Submission(new ReceiveDelivery(delivery, sender.Succession), null))], cancellation, alone: true);
        if (outcomes[0].Refusal is { } refusal)
            throw NotDecided(refusal);
        var answers = new NearbyEntries(body.Sequencer, epoch, [.. outcomes.Select(outcome => (outcome.First.Index, outcome.Entries))]);
        var receipts = new ReceiptBatch();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var receipt = new Receipt { Sequence = (ulong)deliveries[i].Sequence };
            receipt.Entries.AddRange((await answers.ReadAsync(i, cancellation)).Select(entry => UnsafeByteOperations.UnsafeWrap(entry)));
            receipts.Receipts.Add(receipt);
            if (DoubtfulContent.ReasonOf(body.Id, deliveries[i], outcomes[i].WasRepeated, receipt) is { } doubt)
                security?.Tell(SecurityEventKind.DeliveryRefused, doubt, message.Sender, body.Id);
        }
        return receipts;
    }

    private static RpcException NotDecided(Refusal refusal) =>
        refusal.Reason == Refusal.ReasonOf(ReceiveDeliveryRefusal.RulesTooOld) ? Errors.Of(FailureReason.PeerRulesTooOld, refusal.Sentence, [])
        : refusal.Reason == Refusal.ReasonOf(ReceiveDeliveryRefusal.JournalSealed) ? Errors.Of(FailureReason.PeerSealed, refusal.Sentence, [])
        : refusal.Reason != Refusal.ReasonOf(ReceiveDeliveryRefusal.SequenceGap) ? Errors.Of(FailureReason.PeerNotYet, refusal.Sentence, [])
        : Errors.Of(FailureReason.PeerSequenceGap, refusal.Sentence, [.. refusal.Details.Select(detail => (detail.Key, detail.Value))]);

    private static List<FundingFlows.Ledger.Delivery> ReadDeliveries(CourierMessage message)
    {
        try
        {
            return [.. message.Deliveries.Deliveries.Select(delivery => DeliveryReader.Read(message.Sender, _ => message.SenderEpoch, delivery.Sequence, delivery.Entries))];
        }
        catch (InvalidProtocolBufferException)
        {
            throw Errors.Malformed([("deliveries", "hold an entry that cannot be read.")]);
        }
    }

    private static RpcException Refused(CourierMessage message, FailureReason reason, string why) =>
        Errors.Of(reason, $"What {message.Receiver} was sent is refused: {why}.", []);

    [LoggerMessage(EventId = SecurityEvents.DeliveryRefused, Level = LogLevel.Warning, Message = "A delivery that claims to be from {Sender} to {Receiver} is refused: {Reason}")]
    private partial void LogRefused(string sender, string receiver, string reason);
}
