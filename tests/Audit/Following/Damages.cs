using Google.Protobuf;

namespace FundingFlows.Audit.Tests;

/// <summary>How somebody may damage the auditor's own copy on its disk.</summary>
internal static class Damages
{
    /// <summary>What is done to the copy of a journal, and what is said of the place. {0} is its size, {1} its last entry, {2} its payment.</summary>
    public static IReadOnlyDictionary<string, (Action<OwnCopy, ForgedJournal> Do, string Says)> All { get; } = new Dictionary<string, (Action<OwnCopy, ForgedJournal> Do, string Says)>
    {
        ["an amount is another"] = (
            (copy, journal) => copy.Alter(PaymentIn(journal), MoreThan(journal.EntryAt(PaymentIn(journal).Index))), "entry {2} was altered"),
        ["an entry breaks the rules of money"] = (
            (copy, journal) => copy.Alter(PaymentIn(journal), Second(journal, PaymentIn(journal).Index)), "entry {2} was altered"),
        ["an entry is none"] = ((copy, journal) => copy.Alter(At(journal, 3), [0xff, 0xff]), "entry 3 was altered"),
        ["an entry is missing"] = ((copy, journal) => copy.Remove(At(journal, 5)), "entry 5 is missing"),
        ["the last entry is missing"] = ((copy, journal) => copy.Remove(At(journal, journal.Size - 1)), "entry {1} is missing"),
        ["the root is another"] = ((copy, journal) => copy.AlterRoot(journal.Body), "what stands beside its entries (lease, size and root) was altered"),
    };

    private static EntryId At(ForgedJournal journal, long index) => new(journal.Body, 1, index);

    public static EntryId PaymentIn(ForgedJournal journal) => journal.Books.Payments.All.Single().Id;

    /// <summary>The same payment of a penny more.</summary>
    public static byte[] MoreThan(Entry entry)
    {
        entry.Fact.PaymentMade.AmountPence++;
        entry.Fact.PaymentMade.Pieces[0].AmountPence++;
        return entry.ToByteArray();
    }

    /// <summary>A second genesis in the place of an entry.</summary>
    private static byte[] Second(ForgedJournal journal, long index) =>
        new Entry { Index = (ulong)index, RecordedAt = journal.EntryAt(0).RecordedAt, Fact = new Fact { Genesis = journal.Genesis } }.ToByteArray();
}
