namespace FundingFlows.Verifier.Tests;

/// <summary>Whatever is altered in a saved journal is found, and where it is.</summary>
public sealed class AlterationTests : IDisposable
{
    private const int Small = 12;
    private const int Large = 300;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Byte_FlippedAnywhereInASmallJournal_IsLocated() => await FlipAllAsync(MadeJournal.Of(Small), strideOfEntries: 1, strideOfHashes: 1);

    [Fact]
    public async Task Byte_FlippedInAJournalOfSeveralTiles_IsLocated() => await FlipAllAsync(MadeJournal.Of(Large), strideOfEntries: 401, strideOfHashes: 31);

    /// <summary>The entry that begins a new epoch is like any other: altered, longer or shorter, it is named.</summary>
    [Fact]
    public async Task EntryThatBeginsAnEpoch_FlippedOrCut_IsLocated()
    {
        const int Begun = 5;
        var made = MadeJournal.Of(Begun);
        made.BeginsEpoch();
        for (var more = 0; more < 3; more++)
            made.Registers(MadeJournal.Of(1, $"more-{more}"));
        await FlipAllAsync(made, strideOfEntries: 1, strideOfHashes: 1);

        var (file, whole) = (Path.Combine(folder["made/1"], "tile/entries/000.p/9"), made.Entries[Begun]);
        foreach (var cut in Enumerable.Range(1, whole.Length - 1).Select(length => whole[..length]).Append([.. whole, 0]))
        {
            made.Entries[Begun] = cut;
            File.WriteAllBytes(file, EntryBundle.Of([.. made.Entries]));
            (await Run.VerifyAsync("journal", folder["made/1"])).Finds($"Entry {Begun} in tile/entries/000.p/9");
        }
        made.Entries[Begun] = whole;
        File.WriteAllBytes(file, EntryBundle.Of([.. made.Entries]));
        (await Run.VerifyAsync("journal", folder["made/1"])).Holds();
    }

    [Fact]
    public async Task File_CutAnywhere_IsLocated()
    {
        var journal = MadeJournal.Of(Small).SaveTo(folder["made/1"]);
        foreach (var file in TempFolder.FilesOf(journal))
        {
            var bytes = File.ReadAllBytes(Path.Combine(journal, file));
            for (var length = 0; length < bytes.Length; length++)
            {
                File.WriteAllBytes(Path.Combine(journal, file), bytes[..length]);
                (await Run.VerifyAsync("journal", journal)).Finds(file);
            }
            File.WriteAllBytes(Path.Combine(journal, file), [.. bytes, 0]);
            (await Run.VerifyAsync("journal", journal)).Finds(file);
            File.WriteAllBytes(Path.Combine(journal, file), bytes);
        }
        (await Run.VerifyAsync("journal", journal)).Holds();
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    [InlineData(600)]
    public async Task File_Removed_IsNamed(int size)
    {
        var journal = MadeJournal.Of(size).SaveTo(folder["made/1"]);
        foreach (var file in TempFolder.FilesOf(journal))
        {
            var bytes = File.ReadAllBytes(Path.Combine(journal, file));
            File.Delete(Path.Combine(journal, file));
            (await Run.VerifyAsync("journal", journal)).Finds(file, "missing");
            File.WriteAllBytes(Path.Combine(journal, file), bytes);
        }
    }

    [Fact]
    public async Task Files_Swapped_AreFound()
    {
        var journal = MadeJournal.Of(600).SaveTo(folder["made/1"]);
        var files = TempFolder.FilesOf(journal);
        foreach (var one in files)
            foreach (var other in files.Where(other => string.CompareOrdinal(one, other) < 0))
            {
                Swap(journal, one, other);
                (await Run.VerifyAsync("journal", journal)).Finds();
                Swap(journal, one, other);
            }
        (await Run.VerifyAsync("journal", journal)).Holds();
    }

    [Fact]
    public async Task Entries_Swapped_AreBothNamed()
    {
        var made = MadeJournal.Of(Large);
        made.SaveTo(folder["made/1"]);
        (made.Entries[3], made.Entries[7]) = (made.Entries[7], made.Entries[3]);
        var bundle = EntryBundle.Of([.. made.Entries.Take(256)]);
        File.WriteAllBytes(folder["made/1/tile/entries/000"], bundle);

        var run = await Run.VerifyAsync("journal", folder["made/1"]);

        run.Finds("Entry 3 in tile/entries/000");
        run.Finds("Entry 7 in tile/entries/000");
        Assert.Equal(3, run.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task History_RewrittenWithAllItsTiles_IsFound()
    {
        var made = MadeJournal.Of(Large);
        made.SaveTo(folder["made/1"]);
        var note = File.ReadAllBytes(folder["made/1/checkpoint"]);
        made.Entries[5] = made.Entries[6];
        made.SaveTo(folder["made/1"]);
        File.WriteAllBytes(folder["made/1/checkpoint"], note);

        (await Run.VerifyAsync("journal", folder["made/1"])).Finds("neither the 300 entries nor the tiles over them have the root");
    }

    [Fact]
    public async Task Tile_AndAnEntryBelowIt_AreBothNamed()
    {
        var journal = MadeJournal.Of(Large).SaveTo(folder["made/1"]);
        Flip(journal, "tile/0/000", 40);
        Flip(journal, "tile/entries/000", 4_000);
        var run = await Run.VerifyAsync("journal", journal);

        run.Finds("tile/0/000 is altered, and so is what lies below it: entries 0 to 255");
        run.Finds("Entry 1 in tile/entries/000");
    }

    private async Task FlipAllAsync(MadeJournal made, int strideOfEntries, int strideOfHashes)
    {
        var journal = made.SaveTo(folder["made/1"]);
        (await Run.VerifyAsync("journal", journal)).Holds();
        var tried = 0;
        foreach (var file in TempFolder.FilesOf(journal))
        {
            var stride = file == "checkpoint" ? 1 : file.Contains("entries", StringComparison.Ordinal) ? strideOfEntries : strideOfHashes;
            var length = new FileInfo(Path.Combine(journal, file)).Length;
            for (var at = 0; at < length; at += stride, tried++)
            {
                Flip(journal, file, at);
                (await Run.VerifyAsync("journal", journal)).Finds(Where(file, at, made));
                Flip(journal, file, at);
            }
        }
        Assert.True(tried > 500, $"{tried} bytes were flipped.");
    }

    /// <summary>What a sentence must name: the entry or hash in its file.</summary>
    private static string[] Where(string file, int at, MadeJournal made)
    {
        if (file == "checkpoint")
            return [file];
        Assert.True(TilePath.TryParse(file["tile/".Length..], out var path));
        var first = (int)path.Index * TilePath.FullWidth;
        if (path.Level is not null)
            return [file, $"hash {at / MerkleHash.Length} "];
        while ((at -= 2 + made.Entries[first].Length) >= 0)
            first++;
        return [file, $"ntry {first} "];
    }

    private static void Flip(string journal, string file, int at)
    {
        using var stream = new FileStream(Path.Combine(journal, file), FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var before = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(before ^ (1 << (at % 8))));
    }

    private static void Swap(string journal, string one, string other)
    {
        var (first, second) = (File.ReadAllBytes(Path.Combine(journal, one)), File.ReadAllBytes(Path.Combine(journal, other)));
        File.WriteAllBytes(Path.Combine(journal, one), second);
        File.WriteAllBytes(Path.Combine(journal, other), first);
    }
}
