using System.Text;

namespace FundingFlows.Verifier.Tests;

/// <summary>A file proves to anyone that a body told two histories, or says plainly why it does not.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly BodyKey signer = BodyKey.Generate();
    private readonly VerifierKey key;
    private readonly MerkleTree first = new();
    private readonly MerkleTree second = new();

    public EvidenceTests()
    {
        key = VerifierKey.Of("test-federation/made/1", signer.PublicKey);
        for (byte i = 0; i < 9; i++)
        {
            first.AppendEntry([i]);
            second.AppendEntry([i < 4 ? i : (byte)100]);
        }
    }

    public void Dispose()
    {
        signer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task TwoRootsOfOneSize_AreProved()
    {
        var run = await VerifyAsync(Of(7, 7).ToString());

        run.Holds();
        Assert.Equal(
            "It proves it: test-federation/made/1 told two histories: it signed two different roots of 7 entries. "
            + "Both checkpoints are signed with the key that the file itself gives: whose it is must be known from elsewhere (--key).", run.Output.TrimEnd());
    }

    [Fact]
    public async Task AnotherBeginning_IsProved_WithTheKeyThatIsKnown()
    {
        var run = await VerifyAsync(Of(6, 9).ToString(), "--key", $"{key}");

        run.Holds();
        Assert.Equal(
            "It proves it: test-federation/made/1 told two histories: it signed a root of 6 entries, and one of 9 entries whose first 6 have another root. "
            + "Both checkpoints are signed with a key that was given.", run.Output.TrimEnd());
    }

    [Fact]
    public async Task Evidence_ThatAnotherKeySigned_ProvesNothingToWhoTrustsThisOne()
    {
        using var another = BodyKey.Generate();

        (await VerifyAsync(Of(6, 9).ToString(), "--key", $"{VerifierKey.Of(key.Name, another.PublicKey)}")).Finds("It proves nothing to whoever trusts only what was given", $"{key}");
    }

    [Fact]
    public async Task File_ThatContradictsNothing_ProvesNothing()
    {
        var (honest, later) = (Sign(first, 4), Sign(second, 9));
        (await VerifyAsync(new ForkEvidence(honest, later, second.Root(4), second.Consistency(4, 9)).ToString())).Finds("It proves nothing: the journal of 9 entries begins with that of 4.");
        (await VerifyAsync(new ForkEvidence(honest, honest, null, []).ToString())).Finds("It proves nothing: both checkpoints say the same of 4 entries.");
        (await VerifyAsync(new ForkEvidence(later, honest, second.Root(4), []).ToString())).Finds("It proves nothing: the checkpoint that is named the earlier has 9 entries, the other 4.");
        (await VerifyAsync(new ForkEvidence(Sign(first, 6), Sign(first, 9), second.Root(6), second.Consistency(6, 9)).ToString())).Finds("It proves nothing: its hashes do not lead from 6 entries to the root of 9.");
        (await VerifyAsync((Of(7, 7) with { Later = new SignedCheckpoint(Sign(second, 6).Note.Replace("\n6\n", "\n7\n", StringComparison.Ordinal), key) }).ToString()))
            .Finds("It proves nothing: the checkpoint is not signed with the key of test-federation/made/1.");
    }

    [Fact]
    public async Task File_ThatIsNoEvidence_IsSaid()
    {
        (await VerifyAsync("")).Finds("It is no evidence, or it is altered");
        (await VerifyAsync(Of(6, 9) + "\n")).Finds("It is no evidence, or it is altered");
        (await VerifyAsync(Sign(first, 4).Note)).Finds("It is no evidence, or it is altered");
        await File.WriteAllBytesAsync(folder["bytes"], [.. Encoding.UTF8.GetBytes($"{Of(6, 9)}"), 0xe2, 0x80, 0x94, (byte)' ', 0xff, .. Encoding.UTF8.GetBytes(" AAAAAAA=\n")], TestContext.Current.CancellationToken);
        (await Run.VerifyAsync("evidence", folder["bytes"])).Finds("It is no evidence, or it is altered");
        (await VerifyAsync(new string('x', 2 << 20))).CannotRead("longer than any evidence");
        (await Run.VerifyAsync("evidence", folder["none"])).CannotRead("cannot be read");
    }

    private async Task<Run> VerifyAsync(string text, params string[] more)
    {
        await File.WriteAllTextAsync(folder["evidence"], text);
        return await Run.VerifyAsync(["evidence", folder["evidence"], .. more]);
    }

    private ForkEvidence Of(long earlier, long later) => earlier == later
        ? ForkEvidence.Of(Sign(first, earlier), Sign(second, later))! : ForkEvidence.Of(Sign(first, earlier), Sign(second, later), second.Root(earlier), second.Consistency(earlier, later))!;

    private SignedCheckpoint Sign(MerkleTree tree, long size) => new(new Checkpoint(key.Name, size, tree.Root(size)).Sign(key, signer), key);
}
