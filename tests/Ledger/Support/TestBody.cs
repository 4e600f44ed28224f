using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger.Tests;

/// <summary>A body in memory: its real books, the exact bytes of its journal, and what it ever sent.</summary>
public sealed class TestBody
{
    private const int MostEntryBytes = 65_535;
    private static readonly DateTime FirstDay = new(2026, 4, 1, 9, 0, 0, DateTimeKind.Utc);
    private readonly TestFederation federation;
    private readonly List<byte[]> journal = [];
    private readonly List<byte[]> leaves = [];
    private readonly Dictionary<(string Receiver, long Sequence), SentDelivery> sent = [];
    private readonly Dictionary<(string Receiver, uint Epoch, long Sequence), SentDelivery> sentInEpochs = [];

    internal TestBody(TestFederation federation, string id, Tier tier, LegalForm form, string registrar, IReadOnlyList<string> organisations)
    {
        this.federation = federation;
        Append(new Fact { Genesis = Write.Genesis(id, tier, form, registrar, organisations) });
    }

    /// <summary>The body with only the first entries of its journal.</summary>
    internal TestBody(TestBody before, int kept)
    {
        federation = before.federation;
        foreach (var bytes in before.journal.Take(kept))
            Take(bytes);
        foreach (var (at, delivery) in before.sentInEpochs.Where(one => one.Value.First.Index < kept))
            sentInEpochs.Add(at, delivery);
    }

    public string Id => Books.Body;

    public Books Books { get; } = new();

    /// <summary>Who gives its commands from here on.</summary>
    public string Actor { get; set; } = new('a', 64);

    /// <summary>The encoded entries, in order.</summary>
    public IReadOnlyList<byte[]> Journal => journal;

    /// <summary>RFC 6962 root over all entries.</summary>
    public byte[] Root => Merkle.Root(leaves.ToArray());

    /// <summary>Every delivery that ever left in this epoch, answered or not.</summary>
    public IReadOnlyDictionary<(string Receiver, long Sequence), SentDelivery> Sent => sent;

    /// <summary>Decides, and changes nothing.</summary>
    public Decision Decide(ICommand command) =>
        Deciding.Of(command, Books, new Surroundings(Books.Next, () => Root, federation.IsBody, federation.IsBodysOrganisation, Actor));

    /// <summary>Decides, and records the facts when there are any.</summary>
    public Decision Run(ICommand command)
    {
        // Kept entries are kept as they are, whatever they left to do.
        if (command is not BeginEpoch)
            FollowUp();
        var decision = Decide(command);
        if (decision.Facts.Count > 0)
        {
            Append(command is not IOwnAct, decision.Facts);
            FollowUp();
        }
        return decision;
    }

    /// <summary>What the body does by itself because of what it has recorded.</summary>
    private void FollowUp()
    {
        while (PassingOn.Next(Books, new Surroundings(Books.Next, () => Root, federation.IsBody, federation.IsBodysOrganisation)) is { } facts)
            Append(false, facts);
    }

    /// <summary>Runs a command that must be accepted, and answers with its first entry.</summary>
    public EntryId Do(ICommand command)
    {
        var next = Books.Next;
        var decision = Run(command);
        Assert.True(decision.Facts.Count > 0, decision.Refusal?.Sentence ?? "It was recorded before.");
        return next;
    }

    /// <summary>Records facts as one operation of the body itself, without asking the rules.</summary>
    public EntryId Append(params IReadOnlyList<Fact> facts) => Append(false, facts);

    /// <summary>A delivery of this body, as its journal holds it.</summary>
    /// <param name="receiver">Who it is for.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="epoch">The epoch that it was sent in. Null: this one.</param>
    public Delivery DeliveryTo(string receiver, long sequence, uint? epoch = null)
    {
        var delivery = sentInEpochs[(receiver, epoch ?? Books.Epoch, sequence)];
        return new Delivery(Id, delivery.First.Epoch, sequence, Entries(delivery.First.Index, delivery.Entries));
    }

    /// <summary>How this body answered a delivery, as its journal holds it.</summary>
    public Delivery AnswerTo(TestBody sender, long sequence, uint? epoch = null)
    {
        var answer = Books.Deliveries.Answer(sender.Id, epoch ?? sender.Books.Epoch, sequence) ?? throw new InvalidOperationException("It was not answered.");
        return new Delivery(Id, answer.First.Epoch, sequence, Entries(answer.First.Index, answer.Entries));
    }

    /// <summary>The facts of an operation.</summary>
    public IReadOnlyList<Fact> Facts(EntryId first)
    {
        var parts = (int)Math.Max(1, Read(first.Index).Parts);
        return [.. Enumerable.Range(0, parts).Select(part => Read(first.Index + part).Fact)];
    }

    public byte[] LeafHash(EntryId entry) => leaves[(int)entry.Index];

    private Entry Read(long index) => Entry.Parser.ParseFrom(journal[(int)index]);

    private List<DeliveredEntry> Entries(long first, int count) =>
        [.. Enumerable.Range((int)first, count).Select(index => new DeliveredEntry(Read(index), leaves[index]))];

    private EntryId Append(bool commanded, IReadOnlyList<Fact> facts)
    {
        var first = Books.Next;
        var id = commanded ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{first}"))) : [];
        for (var i = 0; i < facts.Count; i++)
        {
            var entry = new Entry
            {
                Index = (ulong)Books.Size,
                RecordedAt = Timestamp.FromDateTime(FirstDay.AddSeconds(Books.Size)),
                CommandId = ByteString.CopyFrom(id.AsSpan(0, commanded ? 16 : 0)),
                CommandDigest = ByteString.CopyFrom(id),
                Actor = commanded ? Actor : "",
                Part = facts.Count == 1 ? 0 : (uint)i + 1,
                Parts = facts.Count == 1 ? 0 : (uint)facts.Count,
                Fact = facts[i],
            };
            var bytes = entry.ToByteArray();
            Assert.InRange(bytes.Length, 1, MostEntryBytes);
            Take(bytes);
            federation.Count(facts[i].KindCase);
        }
        if (facts.Any(fact => fact.EpochBegun is not null))
            sent.Clear();
        foreach (var to in facts.Select(DeliveredFacts.AddressOf).OfType<Addressed>())
            sentInEpochs[(to.Body, Books.Epoch, (long)to.Sequence)] = sent[(to.Body, (long)to.Sequence)] = Books.Deliveries.Unanswered(to.Body)[(long)to.Sequence];
        return first;
    }

    private void Take(byte[] bytes)
    {
        Books.Apply(Entry.Parser.ParseFrom(bytes));
        journal.Add(bytes);
        leaves.Add(Merkle.Leaf(bytes));
    }
}
