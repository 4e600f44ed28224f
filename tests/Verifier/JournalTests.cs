namespace FundingFlows.Verifier.Tests;

/// <summary>Journals that hold, journals whose signed entries are not what they should be, and what cannot be read.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, "1 entry")]
    [InlineData(2, "2 entries")]
    [InlineData(255, "255 entries")]
    [InlineData(256, "256 entries")]
    [InlineData(257, "257 entries")]
    [InlineData(512, "512 entries")]
    [InlineData(65_536, "65536 entries")]
    [InlineData(66_000, "66000 entries")]
    public async Task Journal_AsItWasSigned_Holds(int size, string entries)
    {
        var run = await Run.VerifyAsync("journal", MadeJournal.Of(size).SaveTo(folder["made/1"]));

        run.Holds();
        Assert.Contains($"made/1: holds. {entries}, signed with the key that its own genesis gives", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"1 journal holds: {entries}.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<MadeJournal>> Wrong => new()
    {
        { "Entry 3 says that it is entry 4.", journal => journal.Add(Filler(), index: 4) },
        { "Entry 3 is a second genesis.", journal => journal.Entries.Add(Moved(journal.Entries[0], 3)) },
        { "Entry 3 cannot be read: it is no entry of a journal.", journal => journal.Entries.Add([0xff, 0xff, 0xff]) },
        { "Entry 3 says something that this program does not know; a newer version wrote it.", journal => journal.Add(null) },
        { "Entry 3 says something that this program does not know; a newer version wrote it.", journal => journal.Entries.Add([.. Moved(journal.Entries[2], 3), 0xf8, 0x7f, 1]) },
        { "Entry 3 does not say delivery.", journal => journal.Add(new Fact { BodyClosed = new BodyClosed { Body = "x", LastDay = new Google.Type.Date() } }) },
        { "Entry 3 is part 2 of 2, and stands behind part 0 of 0.", journal => journal.Add(Filler(), 2, 2) },
        { "Entry 4 is part 3 of 3, and stands behind part 1 of 3.", journal => { journal.Add(Filler(), 1, 3); journal.Add(Filler(), 3, 3); } },
        { "Entry 4 is part 0 of 0, and stands behind part 1 of 2.", journal => { journal.Add(Filler(), 1, 2); journal.Add(Filler()); } },
        { "It ends inside a command: entry 3 is part 1 of 2.", journal => journal.Add(Filler(), 1, 2) },
        { "Entry 3 begins epoch 2 behind other entries than those that stand before it: the root that it names is not theirs.", journal => { journal.BeginsEpoch(); journal.Entries[1] = Moved(journal.Entries[2], 1); } },
        { "Entry 4 begins epoch 2 as test-federation/made/2: that is no later epoch of made than 2.", journal => { journal.BeginsEpoch(); journal.Entries.Add(Moved(journal.Entries[3], 4)); } },
        { "Entry 0 is no genesis.", journal => journal.Entries[0] = Moved(journal.Entries[1], 0) },
        { "The genesis is that of test-federation/other/1, and the checkpoint of test-federation/made/1.", journal => journal.Entries[0] = new MadeJournal("other").Entries[0] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Entry_ThatWasSignedAndIsWrong_IsFound(string finding, Action<MadeJournal> spoil)
    {
        ArgumentNullException.ThrowIfNull(spoil);
        var made = MadeJournal.Of(3);
        spoil(made);

        (await Run.VerifyAsync("journal", made.SaveTo(folder["made/1"]))).Finds($"made/1: {finding}");
    }

    [Fact]
    public async Task Journal_ThatEndsBehindAWholeCommand_Holds()
    {
        var made = MadeJournal.Of(3);
        made.Add(Filler(), 1, 2);
        made.Add(Filler(), 2, 2);
        made.Add(Filler(), 1, 1);

        (await Run.VerifyAsync("journal", made.SaveTo(folder["made/1"]))).Holds();
    }

    [Fact]
    public async Task Checkpoint_OfNoEntry_IsFound()
    {
        var made = MadeJournal.Of(1);
        made.Entries.Clear();

        (await Run.VerifyAsync("journal", made.SaveTo(folder["made/1"]))).Finds("checkpoint is of no entry");
    }

    [Fact]
    public async Task Checkpoint_OfMoreThanIsThere_IsFound()
    {
        MadeJournal.Of(600).SaveTo(folder["made/1"]);
        File.Delete(folder["made/1/tile/entries/001"]);
        File.Delete(folder["made/1/tile/0/001"]);

        (await Run.VerifyAsync("journal", folder["made/1"])).Finds("tile/entries/001 and tile/0/001 are missing: entries 256 to 599");
    }

    [Fact]
    public async Task Save_OfAFolder_MakesTheSameFiles()
    {
        var journal = MadeJournal.Of(600).SaveTo(folder["made/1"]);

        (await Run.VerifyAsync("journal", journal, "--save", folder["kept"])).Holds();

        Assert.Equal(TempFolder.FilesOf(journal), TempFolder.FilesOf(folder["kept"]));
        (await Run.VerifyAsync("journal", folder["kept"])).Holds();
    }

    [Fact]
    public async Task Place_WithoutAJournal_CannotBeRead()
    {
        Directory.CreateDirectory(folder["empty/deeper/deepest"]);
        (await Run.VerifyAsync("journal", folder["empty"])).CannotRead("holds no journal");
        (await Run.VerifyAsync("journal", folder["nowhere"])).CannotRead("is no folder");
        (await Run.VerifyAsync("journal", "ftp://example.com/journals/x/1/")).CannotRead("is no folder, and no address");
        var journal = MadeJournal.Of(1).SaveTo(folder["made/1"]);
        (await Run.VerifyAsync("journal", journal, journal)).CannotRead("is given twice");
        (await Run.VerifyAsync("journal", journal, "--key", "made+00000000+AAAA")).CannotRead("--key must be the key of a journal");
        Assert.Equal(2, (await Run.VerifyAsync("journal")).Code);
        Assert.Equal(2, (await Run.VerifyAsync("journals", journal)).Code);
        Assert.Equal(2, (await Run.VerifyAsync()).Code);
    }

    [Fact]
    public async Task Help_OfEachVerb_SaysWhatThereIsToKnow()
    {
        foreach (var arguments in (string[][])[["--help"], ["journal", "--help"], ["proof", "--help"], ["prove", "--help"]])
        {
            var run = await Run.VerifyAsync(arguments);
            run.Holds();
            Assert.Contains("Exit code:", run.Output, StringComparison.Ordinal);
        }
        Assert.Contains("DIR/<body>/<epoch>/", (await Run.VerifyAsync("journal", "--help")).Output, StringComparison.Ordinal);
    }

    private static Fact Filler() => new() { BodyRegistered = new BodyRegistered { Body = "filler", Tier = Tier.Council, LegalForm = LegalForm.LocalAuthority } };

    private static byte[] Moved(byte[] entry, ulong index)
    {
        var moved = Entry.Parser.ParseFrom(entry);
        moved.Index = index;
        return Google.Protobuf.MessageExtensions.ToByteArray(moved);
    }
}
