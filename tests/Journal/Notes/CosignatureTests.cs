using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>What a witness signs, and what passes for it.</summary>
public sealed class CosignatureTests
{
    private const long Time = 1_679_315_147;
    private static readonly BodyKey Signer = BodyKey.Generate();
    private static readonly CosignerKey Witness = CosignerKey.Of("witness.example.com/w1", Signer.PublicKey);
    private static readonly string Note = new Checkpoint(ExampleNotes.Own.Name, 20_852_163, new byte[32]).Sign(ExampleNotes.Own, ExampleNotes.Signer);
    private static readonly string Line = Cosignature.Sign(Note, Witness, Signer, Time);

    [Fact]
    public void Cosignature_ByteForByte_IsThatOfTheSpecification()
    {
        var (name, bytes) = (Line["\u2014 ".Length..].Split(' ')[0], Convert.FromBase64String(Line["\u2014 ".Length..].TrimEnd().Split(' ')[1]));
        Assert.Equal(Witness.Name, name);
        Assert.Equal(4 + 8 + 64, bytes.Length);
        byte[] named = [.. Encoding.UTF8.GetBytes("witness.example.com/w1\n"), 0x04, .. Signer.PublicKey];
        Assert.Equal(SHA256.HashData(named)[..4], bytes[..4]);
        Assert.Equal((ulong)Time, BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(4)));
        var message = Encoding.UTF8.GetBytes($"cosignature/v1\ntime 1679315147\nfed.example/DLUHC/1\n20852163\n{Convert.ToBase64String(new byte[32])}\n");
        Assert.True(BodyKey.Verify(Signer.PublicKey, message, bytes.AsSpan(12)));
    }

    [Fact]
    public void Note_WithSeveralSignatures_IsVerifiedForEach()
    {
        using var other = BodyKey.Generate();
        var second = CosignerKey.Of("witness.example.com/w2", other.PublicKey);
        var note = Note + Line + ExampleNotes.LineOf("stranger.example", 76) + Cosignature.Sign(Note, second, other, Time + 1) + Cosignature.Sign(Note, Witness, Signer, Time + 5);

        Assert.NotNull(Checkpoint.Open(note, ExampleNotes.Own, out _));
        Assert.Equal(Time + 5, Cosignature.TimeOf(note, Witness));
        Assert.Equal(Time + 1, Cosignature.TimeOf(note, second));
        Assert.Null(Cosignature.TimeOf(note, CosignerKey.Of("witness.example.com/w3", other.PublicKey)));
        Assert.Null(Cosignature.TimeOf(Note, Witness));
    }

    [Fact]
    public void Cosignature_WithAnyByteAltered_IsNone()
    {
        var bytes = Convert.FromBase64String(Line.TrimEnd().Split(' ')[^1]);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x80;
            Assert.Null(Cosignature.TimeOf(With(bytes), Witness));
            bytes[at] ^= 0x80;
        }
        Assert.Equal(Time, Cosignature.TimeOf(With(bytes), Witness));
        Assert.Null(Cosignature.TimeOf(With(bytes[..^1]), Witness));
        Assert.Null(Cosignature.TimeOf(With([.. bytes, 0]), Witness));
        Assert.Null(Cosignature.TimeOf(With(bytes[..4]), Witness));
        Assert.Null(Cosignature.TimeOf(With([.. bytes[..4], 1]), Witness));
    }

    [Fact]
    public void Cosignatures_OfOneWitness_AreToldByTheNewestAlone()
    {
        var newest = Cosignature.Sign(Note, Witness, Signer, Time + 90);
        var all = Enumerable.Range(0, 90).Select(second => Cosignature.Sign(Note, Witness, Signer, Time + second)).ToList();

        Assert.Equal(newest, Cosignature.LineOf(Note + string.Concat(all[..40]) + newest + string.Concat(all[40..]), Witness));
        Assert.Equal(Time + 90, Cosignature.TimeOf(Note + newest, Witness));
        Assert.Null(Cosignature.LineOf(Note, Witness));
        Assert.Null(Cosignature.LineOf(Note + ExampleNotes.LineOf(Witness.Name, 76), CosignerKey.Of("witness.example.com/w2", Signer.PublicKey)));
    }

    /// <summary>Signed as it should be, and of no time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Cosignature_OfNoTime_IsNone(long time)
    {
        var bytes = new byte[4 + 8 + 64];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Witness.KeyId);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), time);
        var text = Note[..(Note.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        Signer.Sign(Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{text}")).CopyTo(bytes, 12);

        Assert.Null(Cosignature.TimeOf(With(bytes), Witness));
        Assert.Null(Cosignature.TimeOf(With(bytes) + Line, Witness));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cosignature.Sign(Note, Witness, Signer, time));
    }

    [Fact]
    public void Cosignature_OfAnotherCheckpoint_IsNone()
    {
        var other = new Checkpoint(ExampleNotes.Own.Name, 20_852_164, new byte[32]).Sign(ExampleNotes.Own, ExampleNotes.Signer);

        Assert.Null(Cosignature.TimeOf(other + Line, Witness));
    }

    [Fact]
    public void Cosignature_OneFalseBesideOneTrue_IsNone() =>
        Assert.Null(Cosignature.TimeOf(Note + Line + Cosignature.Sign(new Checkpoint("another", 3, new byte[32]).Sign(ExampleNotes.Own, ExampleNotes.Signer), Witness, Signer, Time), Witness));

    [Fact]
    public void Signature_OfTheOtherKind_NeverPasses()
    {
        // The same key and name in both kinds: their ids differ, and what is signed does.
        var plain = VerifierKey.Of(Witness.Name, Signer.PublicKey);
        Assert.NotEqual(plain.KeyId, Witness.KeyId);
        var asCosignature = new byte[4 + 64];
        BinaryPrimitives.WriteUInt32BigEndian(asCosignature, Witness.KeyId);
        Signer.Sign(Encoding.UTF8.GetBytes(Note[..(Note.IndexOf("\n\n", StringComparison.Ordinal) + 1)])).CopyTo(asCosignature, 4);

        Assert.Null(Cosignature.TimeOf(With(asCosignature), Witness));
        Assert.True(SignedNote.TryParse(Note + Line, out var note) && !note.IsSignedBy(plain));
    }

    [Fact]
    public void Cosigning_OfWhatIsNoCheckpoint_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Cosignature.Sign(ExampleNotes.Note, Witness, Signer, Time));
        Assert.Null(Cosignature.TimeOf("words", Witness));
        Assert.Null(Cosignature.TimeOf(ExampleNotes.Note, Witness));
    }

    [Fact]
    public void Vkey_OfACosigner_IsReadBackAndIsNoOther()
    {
        Assert.True(CosignerKey.TryParse(Witness.ToString(), out var read));
        Assert.Equal((Witness.Name, Witness.KeyId), (read.Name, read.KeyId));
        Assert.Equal(Witness.PublicKey, read.PublicKey);
        Assert.False(VerifierKey.TryParse(Witness.ToString(), out _));
        Assert.False(CosignerKey.TryParse(ExampleNotes.Vkey, out _));
        foreach (var malformed in new[] { null, "", Witness.Name, $"{Witness} ", $"{Witness}+", Witness.ToString()[1..], Witness.ToString()[..^1], Witness.ToString().ToUpperInvariant() })
            Assert.False(CosignerKey.TryParse(malformed, out _), malformed);
        Assert.Throws<ArgumentException>(() => CosignerKey.Of("a name", Signer.PublicKey));
        Assert.Throws<ArgumentException>(() => CosignerKey.Of("name", new byte[31]));
    }

    private static string With(byte[] signature) => $"{Note}\u2014 {Witness.Name} {Convert.ToBase64String(signature)}\n";
}
