using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Tiers;

/// <summary>What a body tells another of the newest entry that it was delivered by it, and of the newest that it has as an answer from it.</summary>
public static class DeliveredMemory
{
    private const int NonceBytes = 16;

    /// <summary>Reads who asks, throwing INVALID_ARGUMENT for a question that is none.</summary>
    public static void Check(TellDeliveredRequest request)
    {
        var fields = new Fields();
        fields.Body("sender", request.Sender);
        fields.Check(request.SenderEpoch >= 1, "sender_epoch", "is from 1.");
        fields.Check(request.Nonce.Length == NonceBytes, "nonce", $"must be {NonceBytes} bytes.");
        fields.ThrowIfAny();
    }

    /// <summary>The answer, signed with the body's key.</summary>
    public static async Task<SignedMessage> TellAsync(HostedBody body, TellDeliveredRequest request, CancellationToken cancellation)
    {
        var newest = new NewestDelivered { Nonce = request.Nonce };
        var (answer, heard) = await body.Sequencer.ReadAsync(
            books => (books.Deliveries.Answer(request.Sender, request.SenderEpoch, books.Deliveries.ExpectedSequence(request.Sender, request.SenderEpoch) - 1),
                books.Deliveries.NewestAnswer(request.Sender)), cancellation);
        // What was delivered stands in the entry that answers it, with the hash of each entry that came.
        if (answer is { } recorded && await body.Sequencer.ReadEntriesAsync(recorded.First.Index, 1, cancellation) is [var bytes]
            && DeliveredFacts.AnsweredBy(Entry.Parser.ParseFrom(bytes).Fact) is { } delivery)
        {
            newest.Entry = new EntryRef(delivery.Entry);
            newest.Entry.Index += (ulong)delivery.LeafHashes.Count - 1;
            newest.LeafHash = delivery.LeafHashes[^1];
            newest.Sequence = delivery.Sequence;
        }
        if (heard is { Entry: { } first, LeafHashes: { Count: > 0 } hashes } && first.Epoch == request.SenderEpoch)
        {
            newest.Answer = new EntryRef(first);
            newest.Answer.Index += (ulong)hashes.Count - 1;
            newest.AnswerLeafHash = hashes[^1];
        }
        return CourierSignature.Sign(
            new CourierMessage
            {
                Federation = body.Genesis.Federation,
                Sender = body.Id,
                SenderEpoch = body.Epoch,
                Receiver = request.Sender,
                NewestDelivered = newest,
            },
            body.Key);
    }
}
