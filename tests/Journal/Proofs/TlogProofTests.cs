using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A proof file is read as strictly as its specification says, and shows nothing but what it proves.</summary>
public sealed class TlogProofTests
{
    private const int Size = 11;
    private static readonly BodyKey Signer = BodyKey.Generate();
    private static readonly VerifierKey Key = VerifierKey.Of("fed.example/DLUHC/1", Signer.PublicKey);
    private static readonly byte[][] Entries = NaiveTree.Entries(Size);
    private static readonly string Note = new Checkpoint(Key.Name, Size, NaiveTree.Root(Entries)).Sign(Key, Signer);
    private static readonly string Good = Of(6).ToString();
    private static readonly string Hash = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void Proof_OfEveryEntry_IsReadAsItWasWrittenAndHolds()
    {
        for (var index = 0; index < Size; index++)
        {
            Assert.True(TlogProof.TryParse(Of(index).ToString(), out var read));
            Assert.Equal(Of(index).ToString(), read.ToString());
            Assert.Null(read.FaultOf(MerkleHash.Leaf(Entries[index]), Key));
            Assert.Equal(Entries[index], read.Extra);
        }
    }

    [Fact]
    public void Proof_WithoutExtraOrHashes_Holds()
    {
        var note = new Checkpoint(Key.Name, 1, NaiveTree.Root(Entries.AsSpan(0, 1))).Sign(Key, Signer);
        Assert.True(TlogProof.TryParse($"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}", out var read));
        Assert.Null(read.Extra);
        Assert.Empty(read.Path);
        Assert.Null(read.FaultOf(MerkleHash.Leaf(Entries[0]), Key));
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "another version", Good.Replace("@v1", "@v2", StringComparison.Ordinal) },
        { "a line before", "\n" + Good },
        { "carriage returns", Good.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "no extra data behind the word", With("extra \nindex 6\n") },
        { "extra data that is not base64", With("extra ab!d\nindex 6\n") },
        { "extra data without its padding", With("extra YQ\nindex 6\n") },
        { "extra data with bits behind its end", With("extra YR==\nindex 6\n") },
        { "extra data with a space", With("extra YWJj ZGVm\nindex 6\n") },
        { "extra data twice", With("extra YQ==\nextra YQ==\nindex 6\n") },
        { "extra data behind the index", With("index 6\nextra YQ==\n") },
        { "no index", With("extra YQ==\n") },
        { "no index behind the word", With("index \n") },
        { "an index with a leading zero", With("index 06\n") },
        { "an index with a sign", With("index +6\n") },
        { "an index below zero", With("index -1\n") },
        { "an index of letters", With("index six\n") },
        { "an index with a space", With("index 6 \n") },
        { "an index of other digits", With("index \u0666\n") },
        { "an index beyond 63 bits", With("index 9223372036854775808\n") },
        { "two indexes", With("index 6\nindex 6\n") },
        { "the word in capitals", With("Index 6\n") },
        { "a hash of 31 bytes", With($"index 6\n{Convert.ToBase64String(new byte[31])}\n") },
        { "a hash of 33 bytes", With($"index 6\n{Convert.ToBase64String(new byte[33])}\n") },
        { "a hash that is not base64", With($"index 6\n{Hash[..^2]}!=\n") },
        { "a hash with bits behind its end", With($"index 6\n{Hash[..^2]}B=\n") },
        { "a hash with a space behind it", With($"index 6\n{Hash} \n") },
        { "64 hashes", With($"index 6\n{string.Concat(Enumerable.Repeat(Hash + "\n", 64))}") },
        { "an empty line among the hashes", With($"index 6\n{Hash}\n\n{Hash}\n") },
        { "no empty line before the checkpoint", $"c2sp.org/tlog-proof@v1\nindex 6\n{Note}" },
        { "no checkpoint", "c2sp.org/tlog-proof@v1\nindex 6\n\n" },
        { "a note that is no checkpoint", $"c2sp.org/tlog-proof@v1\nindex 6\n\n{ExampleNotes.Note}" },
        { "a checkpoint cut short", Good[..^1] },
        { "words behind the checkpoint", Good + "words\n" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Proof_ThatIsMalformed_IsNotRead(string why, string text) => Assert.False(TlogProof.TryParse(text, out _), why);

    [Fact]
    public void Proof_WithAnyByteAltered_IsNotReadOrDoesNotHold()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var at = 0; at < bytes.Length; at++)
            for (var bit = 0; bit < 7; bit++)
            {
                bytes[at] ^= (byte)(1 << bit);
                var isProof = TlogProof.TryParse(Encoding.UTF8.GetString(bytes), out var proof) && proof.Extra is { } entry && proof.FaultOf(MerkleHash.Leaf(entry), Key) is null;
                Assert.False(isProof, $"Bit {bit} of byte {at} can be altered.");
                bytes[at] ^= (byte)(1 << bit);
            }
    }

    [Fact]
    public void Proof_OfAnythingElse_DoesNotHold()
    {
        var proof = Of(6);
        var leaf = MerkleHash.Leaf(Entries[6]);
        Assert.Contains("do not lead from entry 6", proof.FaultOf(MerkleHash.Leaf(Entries[7]), Key), StringComparison.Ordinal);
        Assert.Contains("do not lead from entry 7", (proof with { Index = 7 }).FaultOf(leaf, Key), StringComparison.Ordinal);
        Assert.Contains("there is no entry 11", (proof with { Index = Size }).FaultOf(leaf, Key), StringComparison.Ordinal);
        Assert.Contains("do not lead", (proof with { Path = [.. proof.Path.Skip(1)] }).FaultOf(leaf, Key), StringComparison.Ordinal);
        Assert.Contains("do not lead", (proof with { Path = [.. proof.Path, new byte[32]] }).FaultOf(leaf, Key), StringComparison.Ordinal);
        Assert.Contains("not signed", proof.FaultOf(leaf, VerifierKey.Of(Key.Name, BodyKey.Generate().PublicKey)), StringComparison.Ordinal);
        Assert.Contains("not of fed.example/other/1", proof.FaultOf(leaf, VerifierKey.Of("fed.example/other/1", Signer.PublicKey)), StringComparison.Ordinal);
    }

    private static TlogProof Of(int index) => new(Entries[index], index, NaiveTree.Path(index, Entries), Note);

    private static string With(string lines) => $"c2sp.org/tlog-proof@v1\n{lines}\n{Note}";
}
