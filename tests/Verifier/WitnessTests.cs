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
    public async Task Key_OfAJournal_IsNoneOfAWitness()
    {
        _ = Checkpoint;
        (await Run.VerifyAsync("journal", folder["made/1"], "--witness", $"{VerifierKey.Of("a/b/1", signer.PublicKey)}")).CannotRead("--witness must be the key of a witness");
    }
}
