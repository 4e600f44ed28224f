using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;
using CarriedDelivery = FundingFlows.Contracts.Peer.V1.Delivery;

namespace FundingFlows.Simulation;

/// <summary>The sender makes up what the receiver never said, because nobody answered in time.</summary>
internal abstract class MadeUpAnswers : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.TransfersMatch];

    public override async Task NotDeliveredAsync(Life life, DeliverRequest request)
    {
        var message = CourierMessage.Parser.ParseFrom(request.Signed.Message);
        if (message.Deliveries is null || life.Bodies.Find(message.Sender) is not { } sender)
            return;
        foreach (var delivery in message.Deliveries.Deliveries)
            if (Entry.Parser.ParseFrom(delivery.Entries[0]).Fact.TransferSent is not null)
                try
                {
                    await sender.Sequencer.SubmitAsync(MadeUp(message, delivery), null, CancellationToken.None);
                }
                catch (JournalUnavailableException)
                {
                    // It cannot even write that down now.
                }
    }

    /// <summary>What the receiver is said to have answered.</summary>
    protected abstract Fact Answer(DeliveryRef delivery, TransferSent sent);

    private RecordAnswer MadeUp(CourierMessage message, CarriedDelivery delivery)
    {
        var first = Entry.Parser.ParseFrom(delivery.Entries[0]);
        var hashes = delivery.Entries.Select(entry => MerkleHash.Leaf(entry.Span)).ToList();
        var about = new DeliveryRef
        {
            Entry = new EntryRef { Body = message.Sender, Epoch = message.SenderEpoch, Index = first.Index },
            Sequence = delivery.Sequence,
            LeafHashes = { hashes.Select(hash => ByteString.CopyFrom(hash)) },
        };
        var answer = new Entry { Index = 0, Fact = Answer(about, first.Fact.TransferSent) };
        return new RecordAnswer(new FundingFlows.Ledger.Delivery(message.Receiver, 1, (long)delivery.Sequence, [new DeliveredEntry(answer, MerkleHash.Leaf(answer.ToByteArray()))]), hashes);
    }
}

/// <summary>The sender reverses on a time-out.</summary>
internal sealed class ReversesOnATimeOut : MadeUpAnswers
{
    protected override Fact Answer(DeliveryRef delivery, TransferSent sent) => new() { TransferRefused = new TransferRefused { Delivery = delivery, Reason = DeliveryRefusal.NoAgreement } };
}

/// <summary>The sender settles on a time-out: it counts as arrived what nobody said has arrived.</summary>
internal sealed class SettlesOnATimeOut : MadeUpAnswers
{
    protected override Fact Answer(DeliveryRef delivery, TransferSent sent) => new()
    {
        TransferReceived = new TransferReceived
        {
            Delivery = delivery,
            Lots = { sent.Pieces.Select(piece => new NewLot { Parent = piece.Lot, AmountPence = piece.AmountPence, Line = piece.Line }) },
        },
    };
}
