using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>What a body sent to others and has recorded no answer to, as its journal says.</summary>
internal static class Unanswered
{
    private const string Address = "to";

    /// <summary>Receivers and sequences.</summary>
    public static IReadOnlyList<(string Receiver, ulong Sequence)> In(JournalCopy journal)
    {
        var sent = new HashSet<(string Receiver, ulong Sequence)>();
        var answered = new HashSet<(string Receiver, ulong Sequence)>();
        foreach (var (entry, _) in journal.Entries)
        {
            if (ToWhom(entry.Fact) is { } to)
                sent.Add((to.Body, to.Sequence));
            if (entry.Fact.DeliverySettled is { } settled)
                answered.Add((settled.Delivery.Body, settled.Delivery.Sequence));
            else if ((entry.Fact.TransferSettled?.Transfer ?? entry.Fact.TransferReversed?.Transfer) is { } transfer && ToWhom(journal.Entries[(int)transfer.Index].Entry.Fact) is { } receiver)
                answered.Add((receiver.Body, receiver.Sequence));
        }
        return [.. sent.Except(answered)];
    }

    /// <summary>To whom a fact goes. Null: to nobody.</summary>
    private static Addressed? ToWhom(Fact fact)
    {
        var kind = Fact.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(fact);
        var said = (IMessage)kind.Accessor.GetValue(fact);
        return said.Descriptor.FindFieldByName(Address)?.Accessor.GetValue(said) as Addressed;
    }
}
