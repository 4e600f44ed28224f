using FundingFlows.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Benchmarks;

/// <summary>The books of a body, without a journal: what the rules decide is applied as it is read from bytes.</summary>
internal sealed class BodyInMemory
{
    private static readonly byte[] LeafHash = new byte[32];

    public BodyInMemory(string id, Tier tier) => Apply(new Fact
    {
        Genesis = new Genesis { Body = id, Epoch = 1, RegisteringBody = TestTopology.Central, Federation = "benchmark", FormatVersion = Sequencer.FormatVersion, Tier = tier },
    });

    public Books Books { get; } = new();

    /// <summary>Applies a fact as the next entry, and answers with the entry as it is delivered.</summary>
    public DeliveredEntry Apply(Fact fact)
    {
        var entry = new Entry { Index = (ulong)Books.Size, RecordedAt = new Timestamp { Seconds = Books.Size }, Fact = fact };
        var read = Entry.Parser.ParseFrom(entry.ToByteArray());
        Books.Apply(read);
        return new DeliveredEntry(read, LeafHash);
    }

    /// <summary>Does what the rules decide, of one fact, and answers with it.</summary>
    public DeliveredEntry Do(ICommand command)
    {
        var decision = Deciding.Of(command, Books, new Surroundings(Books.Next, () => LeafHash, _ => true, _ => false));
        return Apply(decision.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Sentence) : decision.Facts.Single());
    }

    /// <summary>Does what the rules decide, delivers it, and records how it is answered. Answers with its place here.</summary>
    public EntryId Do(ICommand command, BodyInMemory receiver)
    {
        var first = Books.Next;
        var sent = Do(command);
        var sequence = (long)DeliveredFacts.AddressOf(sent.Entry.Fact)!.Sequence;
        var answer = receiver.Do(new ReceiveDelivery(new Delivery(Books.Body, 1, sequence, [sent])));
        Do(new RecordAnswer(new Delivery(receiver.Books.Body, 1, sequence, [answer]), [LeafHash]));
        return first;
    }
}
