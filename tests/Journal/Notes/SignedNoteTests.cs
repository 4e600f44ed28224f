using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>What a signed note says, and whether its signer said it.</summary>
public sealed class SignedNoteTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.OneOf('\n', ' ', '+', '\u2014', 'è', '\u007f')), 0, 60];

    [Fact]
    public void Note_OfTheSpecification_IsSignedByItsKey()
    {
        Assert.True(SignedNote.TryParse(ExampleNotes.Note, out var note));
        Assert.Equal(ExampleNotes.Text, note.Text);
        Assert.Equal(("example.com/foo", 0x530d903au, 64), (note.Signatures[0].Name, note.Signatures[0].KeyId, note.Signatures[0].Signature.Length));
        Assert.True(note.IsSignedBy(ExampleNotes.Key));
    }

    [Fact]
    public void Note_WithAnyBitOfTheSignatureFlipped_IsNotSigned()
    {
        Assert.True(SignedNote.TryParse(ExampleNotes.Note, out var note));
        for (var bit = 0; bit < 64 * 8; bit++)
        {
            var (name, id, signature) = note.Signatures[0];
            signature = [.. signature];
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False((note with { Signatures = [(name, id, signature)] }).IsSignedBy(ExampleNotes.Key));
        }
    }

    [Fact]
    public void Note_WithItsTextAltered_IsNotSigned()
    {
        Assert.True(SignedNote.TryParse(ExampleNotes.Note.Replace("example message", "example massage", StringComparison.Ordinal), out var note));
        Assert.False(note.IsSignedBy(ExampleNotes.Key));
    }

    [Fact]
    public void Note_SignedHere_IsReadBackWhateverItsText() => Texts.Sample(words =>
    {
        var text = words + "\n";

        Assert.True(SignedNote.TryParse(SignedNote.Sign(text, ExampleNotes.Own, ExampleNotes.Signer), out var note));
        Assert.Equal(text, note.Text);
        Assert.True(note.IsSignedBy(ExampleNotes.Own));
        Assert.False(note.IsSignedBy(ExampleNotes.Key));
    });

    [Fact]
    public void Note_WithEmptyLinesInItsText_IsSplitAtTheLastOne()
    {
        var text = $"verses\n\n{ExampleNotes.Line}\n\nand more\n";

        Assert.True(SignedNote.TryParse(SignedNote.Sign(text, ExampleNotes.Own, ExampleNotes.Signer), out var note));
        Assert.Equal(text, note.Text);
        Assert.Single(note.Signatures);
    }

    [Fact]
    public void Signatures_OfOtherKeys_AreIgnored()
    {
        using var other = BodyKey.Generate();
        var own = ExampleNotes.Own;
        var sameName = VerifierKey.Of(own.Name, other.PublicKey);
        var signed = SignedNote.Sign(ExampleNotes.Text, own, ExampleNotes.Signer)
            + ExampleNotes.LineOf("another.example") + LineOf(SignedNote.Sign("something else\n", sameName, other));

        Assert.True(SignedNote.TryParse(signed, out var note));
        Assert.Equal(3, note.Signatures.Count);
        Assert.True(note.IsSignedBy(own));
        Assert.False(note.IsSignedBy(sameName));
    }

    [Fact]
    public void Signatures_OfOtherKeysAlone_DoNotMakeItSigned()
    {
        using var other = BodyKey.Generate();

        Assert.True(SignedNote.TryParse(SignedNote.Sign(ExampleNotes.Text, VerifierKey.Of(ExampleNotes.Own.Name, other.PublicKey), other), out var note));
        Assert.False(note.IsSignedBy(ExampleNotes.Own));
    }

    [Fact]
    public void Signature_OfNameAndIdThatDoesNotVerify_MakesTheNoteFalse()
    {
        var right = SignedNote.Sign(ExampleNotes.Text, ExampleNotes.Own, ExampleNotes.Signer);
        var wrong = LineOf(SignedNote.Sign("something else\n", ExampleNotes.Own, ExampleNotes.Signer));

        Assert.True(SignedNote.TryParse(right + wrong, out var rightFirst));
        Assert.True(SignedNote.TryParse($"{ExampleNotes.Text}\n{wrong}{LineOf(right)}", out var wrongFirst));
        Assert.False(rightFirst.IsSignedBy(ExampleNotes.Own));
        Assert.False(wrongFirst.IsSignedBy(ExampleNotes.Own));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(67)]
    [InlineData(69)]
    [InlineData(5_000)]
    public void Signature_OfAnotherLength_CanBeReadAndDoesNotVerify(int bytes)
    {
        Assert.True(SignedNote.TryParse($"text\n\n{ExampleNotes.LineOf("signer", bytes)}", out var note));
        Assert.Equal(bytes - 4, note.Signatures[0].Signature.Length);

        var (name, id, _) = (ExampleNotes.Key.Name, ExampleNotes.Key.KeyId, 0);
        Assert.False((note with { Signatures = [(name, id, note.Signatures[0].Signature)] }).IsSignedBy(ExampleNotes.Key));
    }

    private static string LineOf(string note) => note[(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..];
}
