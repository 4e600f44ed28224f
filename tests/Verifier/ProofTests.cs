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
