using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Delivers from one body to another: in order, in batches, again and again until each delivery is answered. What is to be
/// delivered is read from the journal each time, so nothing is lost with the process and little is held in memory.
/// </summary>
public sealed partial class CourierPair(
    HostedBody sender, string receiver, SignedAnswers answers, AddressBook addresses, AskedPeers asked, AskingRound round, TimeProvider time, Random jitter, ILogger log)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>No longer than a connection takes to be tried again: what waits goes on soon after its receiver is reached again, however long it was away.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Who delivers.</summary>
    public HostedBody Sender => sender;

    /// <summary>Whether the receiver has been asked, since the start, for the newest entry that it was delivered, and that entry is here.</summary>
    public bool HasAsked { get; set; }

    /// <summary>Why the newest attempt failed, as a stable reason or the name of a status: nothing of what the receiver wrote. Null: it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Delivers all that is unanswered, and returns when nothing is.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = ShortestPause;
        long? again = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await sender.Sequencer.WhileReadingOnlyAsync(stopping);
                if (!HasAsked && !(HasAsked = await AskAsync(stopping)))
                    continue;
                if (again is { } missing)
                    await DeliverAgainAsync(missing, stopping);
                again = null;
                if (await NextBatchAsync(stopping) is not { } batch)
                    return;
                await RecordAsync(batch, await DeliverAsync(batch, stopping), stopping);
                (pause, Problem) = (ShortestPause, null);
                continue;
            }
            catch (RpcException problem)
            {
                LogNotDelivered(sender.Id, receiver, problem.StatusCode, problem.Status.Detail);
                Problem = PeerProblems.Of(problem);
                again = SequenceGap.ExpectedIn(problem);
            }
            catch (Exception problem) when (problem is JournalUnavailableException or StoreException or InvalidProtocolBufferException)
            {
                LogNotDelivered(sender.Id, receiver, StatusCode.Unknown, problem.Message);
                Problem = problem is InvalidProtocolBufferException ? answers.Unreadable(sender, receiver) : "OWN_JOURNAL_UNAVAILABLE";
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The process stops; what is unanswered is delivered after the next start.
                return;
            }
            catch (Exception problem)
            {
                // Whatever it is, this pair goes on like after any other failure: slowly, and for ever.
                LogFailed(sender.Id, receiver, problem);
                Problem = "INTERNAL";
            }
            // Without end, and less and less often; the jitter keeps many pairs from coming back at once.
            await Task.Delay(pause + (pause * (jitter.Next(500) / 1000.0)), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>
    /// The receiver has begun a new epoch: what it had answered in entries that are not kept is delivered again. It is shown the last
    /// delivery of each epoch, and asks for what is missing before it.
    /// </summary>
    public async Task ShowAgainAsync(CancellationToken stopping)
    {
        foreach (var last in await SentDeliveries.LastAsync(sender.Sequencer, receiver, stopping))
            try
            {
                await DeliverAsync(last, stopping);
            }
            catch (RpcException problem) when (SequenceGap.ExpectedIn(problem) is { } missing)
            {
                await DeliverAgainAsync(missing, last.Epoch, stopping);
            }
    }

    /// <summary>Delivers again what the receiver says that it has not, of the epoch that is being delivered.</summary>
    private async Task DeliverAgainAsync(long from, CancellationToken stopping)
    {
        if (await NextBatchAsync(stopping) is { } batch && (ulong)from < batch.Deliveries.Deliveries[0].Sequence)
            await DeliverAgainAsync(from, batch.Epoch, stopping);
    }

    /// <summary>Delivers again from a sequence of an epoch on. The sender has answers to them already; that they come again changes nothing here.</summary>
    private async Task DeliverAgainAsync(long from, uint epoch, CancellationToken stopping)
    {
        while (await SentDeliveries.FromAsync(sender.Sequencer, receiver, epoch, from, stopping) is { } batch)
        {
            var answer = await DeliverAsync(batch, stopping);
            await RecordAsync(batch, answer, stopping);
            // From the first on that the receiver could not decide yet: delivered alone, that is said.
            var answered = answer.Receipts.Receipts.Where(receipt => receipt.Entries.Count > 0).Select(receipt => receipt.Sequence).ToHashSet();
            from += batch.Deliveries.Deliveries.TakeWhile(delivery => answered.Contains(delivery.Sequence)).Count();
            if (!answered.Contains(batch.Deliveries.Deliveries[0].Sequence))
                throw answers.Missing(sender, receiver);
        }
    }

    /// <summary>
    /// The oldest unanswered deliveries of one epoch, as the journal holds them, up to the first that was answered out of turn. Null:
    /// there are none.
    /// </summary>
    private async Task<SentBatch?> NextBatchAsync(CancellationToken stopping)
    {
        var (journal, epoch, unanswered) = await sender.Sequencer.ReadAsync(OldestIn, stopping);
        var entries = new NearbyEntries(sender.Sequencer, journal, [.. unanswered.Select(one => (one.Sent.First.Index, one.Sent.Entries))]);
        var (batch, bytes) = (new DeliveryBatch(), 0L);
        for (var i = 0; i < unanswered.Count && bytes <= SentDeliveries.MostBytes; i++)
        {
            if (i > 0 && unanswered[i].Sequence != unanswered[i - 1].Sequence + 1)
                break;
            var delivery = new Contracts.Peer.V1.Delivery { Sequence = (ulong)unanswered[i].Sequence };
            delivery.Entries.AddRange((await entries.ReadAsync(i, stopping)).Select(entry => UnsafeByteOperations.UnsafeWrap(entry)));
            bytes += delivery.CalculateSize();
            batch.Deliveries.Add(delivery);
        }
        return batch.Deliveries.Count == 0 ? null : new SentBatch(batch, epoch);
    }

    private (uint Journal, uint Epoch, List<(long Sequence, SentDelivery Sent)> Unanswered) OldestIn(Books books)
    {
        var earlier = books.Deliveries.Earlier(receiver);
        var epoch = earlier.Count > 0 ? earlier.First().Key.Epoch : books.Epoch;
        return (books.Epoch, epoch, earlier.Count > 0
            ? [.. earlier.TakeWhile(one => one.Key.Epoch == epoch).Take(SentDeliveries.MostDeliveries).Select(one => (one.Key.Sequence, one.Value))]
            : [.. books.Deliveries.Unanswered(receiver).Take(SentDeliveries.MostDeliveries).Select(one => (one.Key, one.Value))]);
    }

    /// <summary>Hands the batch over, and answers with receipts that the receiver signed.</summary>
    private async Task<(ReceiptBatch Receipts, KnownBody By)> DeliverAsync(SentBatch batch, CancellationToken stopping)
    {
        var message = new CourierMessage
        {
            Federation = sender.Genesis.Federation,
            Sender = sender.Id,
            SenderEpoch = batch.Epoch,
            Receiver = receiver,
            Deliveries = batch.Deliveries,
        };
        var response = await new PeerService.PeerServiceClient(addresses.To(receiver)).DeliverAsync(
            new DeliverRequest { Signed = CourierSignature.Sign(message, sender.Key) },
            deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: stopping);
        var (answer, by) = await answers.OpenAsync(sender, receiver, response.Signed, CourierMessage.ContentOneofCase.Receipts, stopping);
        return (answer.Receipts, by);
    }

    /// <summary>
    /// Asks the receiver for the newest entries that it has. False: the sender's journal does not have them, and the sender only reads until it has.
    /// </summary>
    private async Task<bool> AskAsync(CancellationToken stopping) => round.Heard(sender, receiver, await asked.AskAsync(sender, receiver, stopping));

    private async Task RecordAsync(SentBatch batch, (ReceiptBatch Receipts, KnownBody By) answer, CancellationToken stopping)
    {
        var sent = batch.Deliveries.Deliveries.ToDictionary(delivery => delivery.Sequence);
        var receipts = answer.Receipts.Receipts
            .Where(receipt => receipt.Entries.Count > 0 && sent.ContainsKey(receipt.Sequence))
            .Select(receipt => new RecordAnswer(
                DeliveryReader.Read(receiver, answer.By.EpochAt, receipt.Sequence, receipt.Entries),
                [.. sent[receipt.Sequence].Entries.Select(entry => MerkleHash.Leaf(entry.Span))], batch.Epoch))
            .ToList();
        if (receipts.Count == 0)
            throw answers.Missing(sender, receiver);
        foreach (var outcome in await await sender.Sequencer.DecideAsync([.. receipts.Select(one => new Submission(one, null))], stopping, alone: true))
            if (outcome.Refusal is { } refusal && refusal.Reason != Refusal.ReasonOf(RecordAnswerRefusal.AlreadyAnswered))
                throw answers.Refused(sender, receiver, refusal);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery from {Sender} to {Receiver} is tried again: {Status} {Detail}")]
    private partial void LogNotDelivered(string sender, string receiver, StatusCode status, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery from {Sender} to {Receiver} failed; it is tried again.")]
    private partial void LogFailed(string sender, string receiver, Exception problem);
}
