namespace FundingFlows.Verifier.Tests;

/// <summary>Which witnesses cosigned a checkpoint is said, and is no condition; a cosignature that does not hold is a finding.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly BodyKey signer = BodyKey.Generate();
    private readonly CosignerKey witness;

    public WitnessTests() => witness = CosignerKey.Of("test-federation/witness/audit", signer.PublicKey);

    public void Dispose()
    {
        signer.Dispose();
        folder.Dispose();
    }

    private string Checkpoint => Path.Combine(MadeJournal.Of(7).SaveTo(folder["made/1"]), "checkpoint");

    [Fact]
    public async Task Journal_ThatAWitnessCosigned_IsSaidToBe()
    {
        var file = Checkpoint;
        var note = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, note + Cosignature.Sign(note, witness, signer, 1_790_000_000), TestContext.Current.CancellationToken);

        var run = await Run.VerifyAsync("journal", folder["made/1"], "--witness", $"{witness}");

        run.Holds();
        Assert.Contains(", cosigned by test-federation/witness/audit on 21 September 2026, 14:13:20 UTC.", run.Output, StringComparison.Ordinal);
        (await Run.VerifyAsync("journal", folder["made/1"])).Holds();
    }

    [Fact]
    public async Task Journal_ThatNoWitnessCosigned_HoldsAllTheSame()
    {
        _ = Checkpoint;
        var run = await Run.VerifyAsync("journal", folder["made/1"], "--witness", $"{witness}");

        run.Holds();
        Assert.Contains(", not cosigned by test-federation/witness/audit (yet).", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cosignature_OfAnotherCheckpoint_IsFound()
    {
        var file = Checkpoint;
        var note = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var other = MadeJournal.Of(8).SaveTo(folder["other/1"]);
        var cosigned = Cosignature.Sign(await File.ReadAllTextAsync(Path.Combine(other, "checkpoint"), TestContext.Current.CancellationToken), witness, signer, 1_790_000_000);
        await File.WriteAllTextAsync(file, note + cosigned, TestContext.Current.CancellationToken);

        (await Run.VerifyAsync("journal", folder["made/1"], "--witness", $"{witness}")).Finds("made/1: checkpoint is altered: the cosignature of test-federation/witness/audit in it does not hold.");
        // To who does not know the witness it says nothing.
        (await Run.VerifyAsync("journal", folder["made/1"])).Holds();
    }

    [Fact]
    public async Task Cosignature_InAProof_IsCheckedToo()
    {
        var made = MadeJournal.Of(7);
        var proof = made.Proofs()[3].Proof;
        await File.WriteAllTextAsync(folder["proof"], proof + Cosign(proof), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["alone"], proof, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["other"], proof + Cosign(MadeJournal.Of(8).Proofs()[3].Proof), TestContext.Current.CancellationToken);

        var run = await Run.VerifyAsync("proof", folder["proof"], "--key", $"{made.Key}", "--witness", $"{witness}");
        run.Holds();
        Assert.Contains("signed with the key that was given, cosigned by test-federation/witness/audit on 21 September 2026, 14:13:20 UTC.", run.Output, StringComparison.Ordinal);
        run = await Run.VerifyAsync("proof", folder["alone"], "--key", $"{made.Key}", "--witness", $"{witness}");
        run.Holds();
        Assert.Contains(", not cosigned by test-federation/witness/audit (yet).", run.Output, StringComparison.Ordinal);
        (await Run.VerifyAsync("proof", folder["other"], "--key", $"{made.Key}", "--witness", $"{witness}")).Finds("It does not hold: checkpoint is altered: the cosignature of test-federation/witness/audit");
        (await Run.VerifyAsync("proof", folder["other"], "--key", $"{made.Key}")).Holds();
    }

    [Fact]
    public async Task Cosignature_InATrace_IsCheckedToo()
    {
        var made = new MadeTrace();
        var entries = made.Make();
        var cosigned = entries.Select(one => (one.Entry, one.Entry.StartsWith("root.", StringComparison.Ordinal) ? one.Proof + Cosign(entries[0].Proof) : one.Proof));
        await File.WriteAllTextAsync(folder["trace"], made.Json(cosigned), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["other"], made.Json(entries.Select(one => (one.Entry, one.Proof + Cosign(entries[0].Proof)))), TestContext.Current.CancellationToken);

        var run = await Run.VerifyAsync("trace", folder["trace"], "--key", $"{made.Central.Key}", "--witness", $"{witness}");
        run.Holds();
        Assert.Contains("test-federation/root/1: 4 entries, signed with the key that was given, cosigned by test-federation/witness/audit on 21 September 2026, 14:13:20 UTC.", run.Output, StringComparison.Ordinal);
        Assert.Contains("(test-federation/root/1, entry 1), not cosigned by test-federation/witness/audit (yet).", run.Output, StringComparison.Ordinal);
        (await Run.VerifyAsync("trace", folder["other"], "--key", $"{made.Central.Key}", "--witness", $"{witness}")).Finds("test-federation/council/1: checkpoint is altered: the cosignature of test-federation/witness/audit");
        (await Run.VerifyAsync("trace", folder["other"], "--key", $"{made.Central.Key}")).Holds();
    }

    /// <summary>The line of the witness under the checkpoint in a proof.</summary>
    private string Cosign(string proof) => Cosignature.Sign(proof[(proof.IndexOf("\n\n", StringComparison.Ordinal) + 2)..], witness, signer, 1_790_000_000);

    [Fact]
    public async Task Key_OfAJournal_IsNoneOfAWitness()
    {
        _ = Checkpoint;
        (await Run.VerifyAsync("journal", folder["made/1"], "--witness", $"{VerifierKey.Of("a/b/1", signer.PublicKey)}")).CannotRead("--witness must be the key of a witness");
    }
}
