using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>Words that no honest body would say, written to see what hearing them does.</summary>
internal static class Answers
{
    /// <summary>The sender's record of a refusal that the receiver never gave.</summary>
    public static DeliverySettled RefusalOf(TestBody sender, TestBody receiver, long sequence) => new()
    {
        Delivery = new Addressed { Body = receiver.Id, Sequence = (ulong)sequence },
        Answer = new AnswerRef { Entry = new EntryId(receiver.Id, 1, receiver.Books.Size + 1_000).ToRef(), LeafHashes = { Write.Key(sender.Id) } },
        Refusal = DeliveryRefusal.Malformed,
    };

    /// <summary>
    /// A delivery that its sender's journal does not hold: those facts, addressed to the receiver as its next, at the end of the
    /// sender's journal.
    /// </summary>
    public static Delivery Forged(TestBody sender, TestBody receiver, params IReadOnlyList<Fact> facts)
    {
        var sequence = receiver.Books.Deliveries.ExpectedSequence(sender.Id, 1);
        foreach (var to in facts.Select(DeliveredFacts.AddressOf).OfType<Addressed>())
        {
            to.Body = to.Body.Length == 0 ? receiver.Id : to.Body;
            to.Sequence = to.Sequence == 0 ? (ulong)sequence : to.Sequence;
        }
        return Of(sender, sequence, facts);
    }

    /// <summary>Entries as they would stand at the end of a body's journal, carried under that sequence.</summary>
    public static Delivery Of(TestBody sender, long sequence, params IReadOnlyList<Fact> facts) => new(
        sender.Id, 1, sequence,
        [.. facts.Select((fact, i) => Carried(new Entry
        {
            Index = (ulong)sender.Books.Size + (ulong)i,
            Part = facts.Count == 1 ? 0 : (uint)i + 1,
            Parts = facts.Count == 1 ? 0 : (uint)facts.Count,
            Fact = fact,
        }))]);

    /// <summary>An entry as it comes off the wire.</summary>
    public static DeliveredEntry Carried(Entry entry)
    {
        var bytes = entry.ToByteArray();
        return new DeliveredEntry(Entry.Parser.ParseFrom(bytes), Merkle.Leaf(bytes));
    }
}
