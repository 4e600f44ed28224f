namespace FundingFlows.Verifier.Tests;

/// <summary>Proof files of one entry: made from tiles, and checked without them.</summary>
public sealed class ProofTests : IDisposable
{
    private const int Size = 300;
    private readonly TempFolder folder = new();
    private readonly MadeJournal made = MadeJournal.Of(Size);

    public ProofTests() => made.SaveTo(folder["made/1"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(299)]
    public async Task Proof_OfAnEntry_HoldsByItself(int index)
    {
        var file = await ProveAsync(index);
        Directory.Delete(folder["made"], recursive: true);

        var run = await Run.VerifyAsync("proof", file, "--key", $"{made.Key}");

        run.Holds();
        Assert.Contains($"It holds: entry {index} of test-federation/made/1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_WithAnyByteAltered_DoesNotHold()
    {
        var file = await ProveAsync(11);
        var bytes = File.ReadAllBytes(file);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.NotEqual(0, (await Run.VerifyAsync("proof", file, "--key", $"{made.Key}")).Code);
            bytes[at] ^= 1;
        }
    }

    [Fact]
    public async Task Proof_ByAnotherKey_DoesNotHold()
    {
        var file = await ProveAsync(11);

        (await Run.VerifyAsync("proof", file, "--key", $"{VerifierKey.Of(made.Origin, BodyKey.Generate().PublicKey)}")).Finds("the checkpoint is not signed with the key");
        (await Run.VerifyAsync("proof", file)).CannotRead("without the key of test-federation/made/1");
        (await Run.VerifyAsync("proof", file, "--key", $"{new MadeJournal("other").Key}")).CannotRead("without the key of test-federation/made/1");
    }

    [Fact]
    public async Task Proof_OfAnEntryThatStandsElsewhere_IsFound()
    {
        made.Add(new Fact { JournalSealed = new JournalSealed() }, index: 7);
        made.SaveTo(folder["made/1"]);

        (await Run.VerifyAsync("proof", await ProveAsync(Size), "--key", $"{made.Key}")).Finds("is no entry with that index");
    }

    [Fact]
    public async Task Proof_OfAnAlteredJournal_IsNotMade()
    {
        var bytes = File.ReadAllBytes(folder["made/1/tile/0/000"]);
        bytes[32 * 12] ^= 1;
        File.WriteAllBytes(folder["made/1/tile/0/000"], bytes);

        (await Run.VerifyAsync("prove", folder["made/1"], "13", "--out", folder["proof"])).Finds("entry 13 cannot be proved");
        Assert.False(File.Exists(folder["proof"]));
    }

    [Fact]
    public async Task Proof_OfAnEntryThatSaysNothing_IsFound()
    {
        made.Add(null);
        made.SaveTo(folder["made/1"]);

        (await Run.VerifyAsync("proof", await ProveAsync(Size), "--key", $"{made.Key}")).Finds("is no entry that this program can read");
        // As bytes it can be proved all the same.
        File.WriteAllBytes(folder["entry"], made.Entries[Size]);
        var run = await Run.VerifyAsync("proof", folder["proof"], "--key", $"{made.Key}", "--entry", folder["entry"]);
        run.Holds();
        Assert.Contains("(the bytes that were given) is in the journal of 301 entries", run.Output, StringComparison.Ordinal);
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{made.Key}", "--entry", folder["proof"])).Finds("its hashes do not lead from entry 300 to the root");
    }

    /// <summary>A log of others, whose key has another name than its origin, and whose proofs do not hold what they prove.</summary>
    [Fact]
    public async Task Proof_OfAnotherLog_HoldsWithItsOriginAndItsEntry()
    {
        var tree = new MerkleTree();
        for (byte i = 0; i < 7; i++)
            tree.AppendEntry([i]);
        using var signer = BodyKey.Generate();
        var key = VerifierKey.Of("log.example", signer.PublicKey);
        var note = new Checkpoint("log.example a tree", 7, tree.Root(7)).Sign(key, signer);
        File.WriteAllText(folder["proof"], new TlogProof(null, 4, tree.Inclusion(4, 7), note).ToString());
        File.WriteAllBytes(folder["entry"], [4]);

        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{key}", "--origin", "log.example a tree", "--entry", folder["entry"])).Holds();
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{key}", "--origin", "log.example", "--entry", folder["entry"])).Finds("the checkpoint is of log.example a tree, not of log.example");
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{key}", "--entry", folder["entry"])).CannotRead("without the key of log.example a tree");
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{key}", "--origin", "log.example a tree")).Finds("give the entry with --entry");
        File.WriteAllBytes(folder["entry"], [5]);
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{key}", "--origin", "log.example a tree", "--entry", folder["entry"])).Finds("its hashes do not lead from entry 4");
    }

    /// <summary>A line that no reader of UTF-8 can read is none that may be overlooked.</summary>
    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    public async Task Proof_WithBytesThatAreNoText_DoesNotHold(byte[] name)
    {
        var bytes = File.ReadAllBytes(await ProveAsync(11));
        foreach (var signer in new[] { name, [.. "\u2014"u8] })
        {
            File.WriteAllBytes(folder["proof"], [.. bytes, .. "\u2014 "u8, .. signer, .. " AAAAAAA=\n"u8]);
            var run = await Run.VerifyAsync("proof", folder["proof"], "--key", $"{made.Key}");
            if (signer == name)
                run.Finds("It is no proof, or it is altered");
            else
                run.Holds();
        }
        File.WriteAllBytes(folder["made/1/checkpoint"], [.. File.ReadAllBytes(folder["made/1/checkpoint"]), .. "\u2014 "u8, .. name, .. " AAAAAAA=\n"u8]);
        (await Run.VerifyAsync("prove", folder["made/1"], "3", "--out", folder["other"])).CannotRead("has no checkpoint that can be read");
    }

    [Fact]
    public async Task File_ThatIsNoProof_IsSaid()
    {
        File.WriteAllText(folder["words"], "words");
        (await Run.VerifyAsync("proof", folder["words"])).Finds("It is no proof, or it is altered");
        (await Run.VerifyAsync("proof", folder["nothing"])).CannotRead("cannot be read");
        (await Run.VerifyAsync("prove", folder["made/1"], "300", "--out", folder["proof"])).CannotRead("There is no entry 300");
        (await Run.VerifyAsync("prove", folder["nowhere"], "3", "--out", folder["proof"])).CannotRead("is no folder");
        Assert.Equal(2, (await Run.VerifyAsync("prove", folder["made/1"], "three", "--out", folder["proof"])).Code);
    }

    private async Task<string> ProveAsync(int index)
    {
        (await Run.VerifyAsync("prove", folder["made/1"], $"{index}", "--out", folder["proof"])).Holds();
        return folder["proof"];
    }
}
