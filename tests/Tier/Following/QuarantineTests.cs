using FundingFlows.Journal;
using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>A journal that is not what its body signed, registered or may write is quarantined, with a sentence that says why.</summary>
public sealed class QuarantineTests
{
    private const int Honest = 3;

    /// <summary>What comes after three honest entries, of a journal of eight, and what is said of it.</summary>
    private static readonly Dictionary<string, (Func<MadeJournal, JournalPage> Page, string Says)> Lies = new()
    {
        ["a signature of other bytes"] = (journal => journal.Page(Honest, 5, Resigned(journal, note => note.Signatures[0].Signature[^1] ^= 1)), "the checkpoint is not signed with the key of made-federation/mhclg/1"),
        ["a signature that is missing"] = (journal => journal.Page(Honest, 5, journal.Note().Split("\n\n")[0] + "\n"), "the checkpoint cannot be read"),
        ["another key"] = (journal => journal.Page(Honest, 5, ByAnother(journal)), "the checkpoint is not signed with the key of made-federation/mhclg/1"),
        ["another journal's checkpoint"] = (journal => journal.Page(Honest, 5, Elsewhere()), "the checkpoint is of made-federation/durham/1, not of made-federation/mhclg/1"),
        ["words for a checkpoint"] = (journal => journal.Page(Honest, 5, "trust me\n"), "the checkpoint cannot be read"),
        ["an altered entry"] = (journal => Changed(journal, entries => entries[1] = Altered(entries[1])), "its signed root of 8 entries is not the root of those that it gave"),
        ["an altered last entry"] = (journal => Changed(journal, entries => entries[^1] = Altered(entries[^1])), "its signed root of 8 entries is not the root of those that it gave"),
        ["an entry encoded otherwise"] = (journal => Changed(journal, entries => entries[1] = ByteString.CopyFrom([.. entries[1], 0x30, 0x00])), "its signed root of 8 entries is not the root of those that it gave"),
        ["two entries swapped"] = (journal => Changed(journal, entries => (entries[1], entries[2]) = (entries[2], entries[1])), "entry 5 stands at 4"),
        ["an entry left out"] = (journal => Changed(journal, entries => entries.RemoveAt(1)), "entry 5 stands at 4"),
        ["an entry twice"] = (journal => Changed(journal, entries => entries.Insert(1, entries[0])), "entry 3 stands at 4"),
        ["bytes that are no entry"] = (journal => Changed(journal, entries => entries[1] = ByteString.CopyFrom(0xff, 0xff)), "entry 4 cannot be read"),
        ["an entry cut short"] = (journal => Changed(journal, entries => entries[1] = ByteString.CopyFrom([.. entries[1].SkipLast(1)])), "entry 4 cannot be read"),
        ["an entry of no bytes"] = (journal => Changed(journal, entries => entries[1] = ByteString.Empty), "entry 0 stands at 4"),
        ["an entry of no time"] = (journal => Changed(journal, entries => entries[1] = Altered(entries[1], entry => entry.RecordedAt = null)), "entry 4 does not say recorded_at"),
        ["a second part without a first"] = (journal => Changed(journal, entries => entries[1] = Part(entries[1], 2, 2)), "entry 4 is part 2 of 2 and stands behind part 0 of 0"),
        ["a part of nothing"] = (journal => Changed(journal, entries => entries[1] = Part(entries[1], 1, 0)), "entry 4 is part 1 of 0 and stands behind part 0 of 0"),
        ["a part left out"] = (journal => Changed(journal, entries => (entries[1], entries[2]) = (Part(entries[1], 1, 3), Part(entries[2], 3, 3))), "entry 5 is part 3 of 3 and stands behind part 1 of 3"),
        ["parts of two counts"] = (journal => Changed(journal, entries => (entries[1], entries[2]) = (Part(entries[1], 1, 3), Part(entries[2], 2, 2))), "entry 5 is part 2 of 2 and stands behind part 1 of 3"),
        ["a command within another"] = (journal => Changed(journal, entries => entries[1] = Part(entries[1], 1, 2)), "entry 5 is part 0 of 0 and stands behind part 1 of 2"),
    };

    public static TheoryData<string> Names => [.. Lies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_ThatLies_IsNamedAndNothingMoreIsBelieved(string lie)
    {
        using var journal = Eight();
        var replica = new JournalReplica(journal.Known, MadeJournal.Federation);
        Assert.Equal(Honest, replica.Take(journal.Page(0, Honest, journal.Note(Honest))).Count);

        Assert.Empty(replica.Take(Lies[lie].Page(journal)));

        Assert.Equal("The journal of mhclg is not believed: " + Lies[lie].Says, replica.Quarantined);
        Assert.Empty(replica.Take(journal.Page(Honest, 5)));
        Assert.Equal((Honest, journal.Note(Honest)), (replica.Verified, replica.Checkpoint));
    }

    private static MadeJournal Eight()
    {
        var journal = new MadeJournal("mhclg", Tier.CentralGovernment);
        while (journal.Size < 8)
            journal.Issue(100);
        return journal;
    }

    private static JournalPage Changed(MadeJournal journal, Action<IList<ByteString>> change)
    {
        var page = journal.Page(Honest, 5);
        change(page.Entries);
        return page;
    }

    private static ByteString Altered(ByteString bytes, Action<Entry>? change = null)
    {
        var entry = Entry.Parser.ParseFrom(bytes);
        (change ?? (one => one.RecordedAt.Seconds++))(entry);
        return entry.ToByteString();
    }

    private static ByteString Part(ByteString bytes, uint part, uint parts) => Altered(bytes, entry => (entry.Part, entry.Parts) = (part, parts));

    private static string Resigned(MadeJournal journal, Action<SignedNote> change)
    {
        Assert.True(SignedNote.TryParse(journal.Note(), out var note));
        change(note);
        var line = note.Signatures[0];
        byte[] id = [(byte)(line.KeyId >> 24), (byte)(line.KeyId >> 16 & 0xff), (byte)(line.KeyId >> 8 & 0xff), (byte)(line.KeyId & 0xff)];
        return $"{note.Text}\n\u2014 {line.Name} {Convert.ToBase64String([.. id, .. line.Signature])}\n";
    }

    private static string ByAnother(MadeJournal journal)
    {
        using var another = new MadeJournal(journal.Body, journal.Tier);
        Assert.True(SignedNote.TryParse(journal.Note(), out var note));
        return SignedNote.Sign(note.Text, another.Verifier, another.Key);
    }

    private static string Elsewhere()
    {
        using var elsewhere = new MadeJournal("durham", Tier.Council);
        return elsewhere.Note();
    }
}
