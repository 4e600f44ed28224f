using FundingFlows.Fire;
using Google.Protobuf;

namespace FundingFlows.Topologies.Tests;

/// <summary>Writes entries into journals that the checks of a run read.</summary>
internal static class Writing
{
    /// <summary>Answers with where the (first) entry stands.</summary>
    /// <param name="deed">The command that it carries out. Null: the body acts by itself.</param>
    public static ulong Write(this JournalCopy journal, Deed? deed, params IReadOnlyList<Fact> facts)
    {
        var index = journal.Entries.Count;
        for (var part = 0; part < facts.Count; part++)
            journal.Add(new Entry
            {
                Index = (ulong)journal.Entries.Count,
                CommandId = deed?.EntryId ?? ByteString.Empty,
                Part = facts.Count == 1 ? 0 : (uint)part + 1,
                Parts = facts.Count == 1 ? 0 : (uint)facts.Count,
                Fact = facts[part],
            }.ToByteArray());
        return (ulong)index;
    }

    public static ulong Write(this JournalCopy journal, params IReadOnlyList<Fact> facts) => Write(journal, deed: null, facts);

    public static EntryRef At(this JournalCopy journal, ulong index) => new() { Body = journal.Body, Epoch = 1, Index = index };

    public static DeliveryRef DeliveryOf(this JournalCopy journal, ulong index) => new() { Entry = journal.At(index), Sequence = index };

    public static Fact Sent(string to, long pence, EntryRef? award = null, PassedOn? because = null, long? drawn = null) => new()
    {
        TransferSent = new TransferSent
        {
            To = new Addressed { Body = to },
            Purpose = TransferPurpose.Allocation,
            Award = award,
            AmountPence = pence,
            Pieces = { new TransferPiece { AmountPence = drawn ?? pence } },
            PassedOn = because,
        },
    };

    public static Fact Received(DeliveryRef delivery, long pence, EntryRef? award = null) => new()
    {
        TransferReceived = new TransferReceived { Delivery = delivery, Purpose = TransferPurpose.Allocation, Award = award, Lots = { new NewLot { AmountPence = pence } } },
    };

    public static Fact Settled(EntryRef transfer) => new() { TransferSettled = new TransferSettled { Transfer = transfer, Answer = new AnswerRef() } };

    public static Fact Refused(DeliveryRef delivery) => new() { TransferRefused = new TransferRefused { Delivery = delivery, Reason = DeliveryRefusal.TotalTooLarge } };

    public static Fact Reversed(EntryRef transfer, long pence) => new()
    {
        TransferReversed = new TransferReversed { Transfer = transfer, Answer = new AnswerRef(), Lots = { new NewLot { AmountPence = pence } } },
    };
}
