namespace FundingFlows.Ledger;

/// <summary>Entries in this body's journal that answer one delivery: the first, and how many in a row.</summary>
public readonly record struct RecordedAnswer(EntryId First, int Entries);

/// <summary>Entries in this body's journal that are one delivery: the first, how many in a row, and what sort of fact they hold.</summary>
/// <param name="Subject">The agreement, award, transfer or report that the delivery is about.</param>
public readonly record struct SentDelivery(EntryId First, int Entries, Fact.KindOneofCase Kind, EntryId Subject);

/// <summary>
/// What was sent to each other body and not answered yet, and what came from each and how it was answered.
/// The journal itself is the outbox: this says which of its entries are still to be delivered.
/// </summary>
public sealed class DeliveryBook
{
    private readonly Dictionary<string, Outbox> outboxes = [];
    private readonly Dictionary<(string Body, uint Epoch), Inbox> inboxes = [];

    /// <summary>The bodies that something is on its way to.</summary>
    public IEnumerable<string> Awaiting => outboxes.Where(outbox => outbox.Value.All.Any()).Select(outbox => outbox.Key);

    /// <summary>The bodies that anything was ever sent to.</summary>
    public IEnumerable<string> Receivers => outboxes.Keys;

    /// <summary>The bodies that anything ever came from.</summary>
    public IEnumerable<string> Senders => inboxes.Keys.Select(inbox => inbox.Body).Distinct();

    /// <summary>The newest answer that a receiver gave. Null: it gave none yet.</summary>
    public AnswerRef? NewestAnswer(string receiver) => outboxes.GetValueOrDefault(receiver)?.NewestAnswer;

    /// <summary>The deliveries of this epoch to a body that it has not answered, in the order of their sequences.</summary>
    public IReadOnlyDictionary<long, SentDelivery> Unanswered(string receiver) =>
        outboxes.GetValueOrDefault(receiver)?.Unanswered ?? new UnansweredDeliveries();

    /// <summary>The same of earlier epochs of this journal, which keep their sequences. They are delivered before those of this one.</summary>
    public IReadOnlyDictionary<(uint Epoch, long Sequence), SentDelivery> Earlier(string receiver) =>
        outboxes.GetValueOrDefault(receiver)?.Earlier ?? [];

    /// <summary>All deliveries to a body that it has not answered, of whatever epoch, in their order.</summary>
    public IEnumerable<SentDelivery> AllUnanswered(string receiver) => outboxes.GetValueOrDefault(receiver)?.All ?? [];

    /// <summary>The sequence of the next delivery to a body.</summary>
    public long NextSequence(string receiver) => (outboxes.GetValueOrDefault(receiver)?.LastSequence ?? 0) + 1;

    /// <summary>The sequence that the next delivery from a body must have.</summary>
    public long ExpectedSequence(string sender, uint epoch) => (inboxes.GetValueOrDefault((sender, epoch))?.Answers.Count ?? 0) + 1;

    /// <summary>Where a delivery was answered. Null: it has not come.</summary>
    public RecordedAnswer? Answer(string sender, uint epoch, long sequence) =>
        inboxes.GetValueOrDefault((sender, epoch)) is { } inbox && sequence >= 1 && sequence <= inbox.Answers.Count
            ? inbox[(int)sequence - 1]
            : null;

    /// <summary>
    /// The newest entry of a sender that was delivered, by the first of its parts; -1 before the first. Deliveries come in the
    /// order of the sender's journal, so the next one must begin behind it.
    /// </summary>
    public long NewestEntry(string sender, uint epoch) => inboxes.GetValueOrDefault((sender, epoch))?.NewestEntry ?? -1;

    internal Addressed Address(string receiver) => new() { Body = receiver, Sequence = (ulong)NextSequence(receiver) };

    /// <summary>An entry that is to be delivered. Parts of one operation share a sequence.</summary>
    internal void Sent(EntryId first, Addressed to, Fact.KindOneofCase kind, EntryId subject)
    {
        if (!outboxes.TryGetValue(to.Body, out var outbox))
            outboxes.Add(to.Body, outbox = new Outbox());
        outbox.LastSequence = (long)to.Sequence;
        outbox.Unanswered.TryGetValue(outbox.LastSequence, out var before);
        outbox.Unanswered[outbox.LastSequence] = new SentDelivery(first, before.Entries + 1, kind, subject);
    }

    /// <summary>A delivery of this epoch is answered: it is no longer on its way. Answers with what it was.</summary>
    internal SentDelivery Settled(string receiver, long sequence, AnswerRef answer)
    {
        var unanswered = outboxes[receiver].Unanswered;
        var sent = unanswered[sequence];
        unanswered.Remove(sequence);
        outboxes[receiver].Answered(answer);
        return sent;
    }

    /// <summary>The same of an earlier epoch.</summary>
    internal SentDelivery Settled(string receiver, uint epoch, long sequence, AnswerRef answer)
    {
        var earlier = outboxes[receiver].Earlier;
        var sent = earlier[(epoch, sequence)];
        earlier.Remove((epoch, sequence));
        outboxes[receiver].Answered(answer);
        return sent;
    }

    /// <summary>From here on deliveries are counted from 1 again. Those that are unanswered keep their epoch and sequence.</summary>
    internal void BeginEpoch()
    {
        foreach (var outbox in outboxes.Values)
        {
            foreach (var (sequence, sent) in outbox.Unanswered)
                outbox.Earlier.Add((sent.First.Epoch, sequence), sent);
            outbox.Unanswered.Clear();
            outbox.LastSequence = 0;
        }
    }

    /// <summary>An entry that answers a delivery. Parts of one answer share its sequence.</summary>
    internal void Answered(EntryId first, DeliveryRef delivery)
    {
        var from = (delivery.Entry.Body, delivery.Entry.Epoch);
        if (!inboxes.TryGetValue(from, out var inbox))
            inboxes.Add(from, inbox = new Inbox());
        inbox.NewestEntry = Math.Max(inbox.NewestEntry, EntryId.From(delivery.Entry).Index);
        inbox.Add((int)delivery.Sequence - 1, first);
    }

    private sealed class Outbox
    {
        public long LastSequence { get; set; }

        public UnansweredDeliveries Unanswered { get; } = new();

        public SortedDictionary<(uint Epoch, long Sequence), SentDelivery> Earlier { get; } = [];

        public IEnumerable<SentDelivery> All => Earlier.Values.Concat(Unanswered.Values);

        public AnswerRef? NewestAnswer { get; private set; }

        public void Answered(AnswerRef answer)
        {
            if (NewestAnswer is not { } newest || EntryId.From(answer.Entry).CompareTo(EntryId.From(newest.Entry)) > 0)
                NewestAnswer = answer;
        }
    }

    private sealed class Inbox
    {
        private readonly PlacedJournals journals = new();

        /// <summary>Answers by sequence: the first delivery's at 0.</summary>
        public Chunked<(long First, int Entries)> Answers { get; } = new();

        public long NewestEntry { get; set; } = -1;

        public RecordedAnswer this[int place] => new(journals[place][Answers[place].First], Answers[place].Entries);

        public void Add(int place, EntryId first)
        {
            if (place < Answers.Count)
            {
                Answers[place] = (first.Index, Answers[place].Entries + 1);
                return;
            }
            ArgumentOutOfRangeException.ThrowIfGreaterThan(place, Answers.Count);
            journals.Add(place, first);
            Answers.Add((first.Index, 1));
        }
    }
}
