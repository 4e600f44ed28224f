using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;

namespace FundingFlows.Simulation;

/// <summary>A receiver that does something else with deliveries than what is right.</summary>
internal abstract class CarelessPeers(Life life, Peers right) : PeerService.PeerServiceBase
{
    public override Task<TellSeenResponse> TellSeen(TellSeenRequest request, ServerCallContext context) => right.TellSeen(request, context);

    public override Task<TellDeliveredResponse> TellDelivered(TellDeliveredRequest request, ServerCallContext context) => right.TellDelivered(request, context);

    public override async Task<DeliverResponse> Deliver(DeliverRequest request, ServerCallContext context)
    {
        var message = CourierMessage.Parser.ParseFrom(request.Signed.Message);
        return life.Bodies.Find(message.Receiver) is { } body && await DeliverAsync(body, message) is { } wrong ? wrong : await right.Deliver(request, context);
    }

    /// <summary>What it answers instead. Null: what is right.</summary>
    protected abstract Task<DeliverResponse?> DeliverAsync(HostedBody body, CourierMessage message);

    protected static ReceiveDelivery Read(CourierMessage message, FundingFlows.Contracts.Peer.V1.Delivery delivery) => new(new FundingFlows.Ledger.Delivery(
        message.Sender, message.SenderEpoch, (long)delivery.Sequence,
        [.. delivery.Entries.Select(bytes => new DeliveredEntry(Entry.Parser.ParseFrom(bytes), MerkleHash.Leaf(bytes.Span)))]));
}

/// <summary>The receiver forgets after a restart what it had decided, and decides it again.</summary>
internal sealed class ForgetsIds : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.DeliveriesOnce];

    public override PeerService.PeerServiceBase Peers(Life life, Peers right) => new Forgetful(life, right);

    private sealed class Forgetful(Life life, Peers right) : CarelessPeers(life, right)
    {
        private readonly HashSet<(string, string, ulong)> known = [];

        protected override async Task<DeliverResponse?> DeliverAsync(HostedBody body, CourierMessage message)
        {
            foreach (var delivery in message.Deliveries.Deliveries)
                if (known.Add((message.Sender, message.Receiver, delivery.Sequence)))
                    await body.Sequencer.SubmitAsync(new Again(Read(message, delivery).Delivery), null, CancellationToken.None);
            return null;
        }
    }

    /// <summary>Decides money that has come once more, as if nothing had been recorded of it.</summary>
    private sealed record Again(FundingFlows.Ledger.Delivery Delivery) : IOwnAct
    {
        public Decision Decide(Books books, Surroundings around)
        {
            if (books.Deliveries.Answer(Delivery.Sender, Delivery.Epoch, Delivery.Sequence) is null || Delivery.First?.TransferSent is not { } sent
                || books.Transfers.FindReceived(Delivery.FirstId) is not { } received)
                return new ReceiveDelivery(Delivery).Decide(books, around);
            var lots = received.Lots.Select(id => books.Lots.Find(id)!).ToList();
            return Decision.Accept(new Fact
            {
                TransferReceived = new TransferReceived
                {
                    Delivery = new DeliveryRef
                    {
                        Entry = Delivery.FirstId.ToRef(),
                        Sequence = (ulong)Delivery.Sequence,
                        LeafHashes = { Delivery.Entries.Select(entry => ByteString.CopyFrom(entry.LeafHash)) },
                    },
                    Purpose = sent.Purpose,
                    Award = sent.Award,
                    Promise = sent.Promise,
                    Lots = { lots.Select(lot => new NewLot { Parent = lot.Parent?.ToRef(), AmountPence = lot.AmountPence, Line = lot.Line.ToLine(), TermsVersion = lot.TermsVersion, Origin = lot.Origin.ToOrigin() }) },
                },
            });
        }
    }
}

/// <summary>The receiver answers a refusal without recording it.</summary>
internal sealed class AnswersUnrecorded : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.OnlyDurableIsTold];

    public override PeerService.PeerServiceBase Peers(Life life, Peers right) => new Forgetful(life, right);

    private sealed class Forgetful(Life life, Peers right) : CarelessPeers(life, right)
    {
        protected override async Task<DeliverResponse?> DeliverAsync(HostedBody body, CourierMessage message)
        {
            var deciding = Read(message, message.Deliveries.Deliveries[0]);
            var (decision, next) = await body.Sequencer.ReadAsync(
                books => (deciding.Decide(books, new Surroundings(books.Next, () => [], _ => true, _ => false)), books.Next), CancellationToken.None);
            if (decision.Facts is not [{ TransferRefused: not null } refusal])
                return null;
            var entry = new Entry { Index = (ulong)next.Index, Fact = refusal };
            var answer = new CourierMessage
            {
                Federation = body.Genesis.Federation,
                Sender = body.Id,
                SenderEpoch = body.Epoch,
                Receiver = message.Sender,
                Receipts = new ReceiptBatch { Receipts = { new Receipt { Sequence = message.Deliveries.Deliveries[0].Sequence, Entries = { entry.ToByteString() } } } },
            };
            return new DeliverResponse { Signed = CourierSignature.Sign(answer, body.Key) };
        }
    }
}
