using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>A note is read as strictly as its specification says, and reading one never fails otherwise than by saying no.</summary>
public sealed class MalformedNoteTests
{
    private const string Good = "c2lnbmF0dXJl";

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing at all", "" },
        { "no empty line", "text\n" + ExampleNotes.Line },
        { "no text", "\n" + ExampleNotes.Line },
        { "nothing but an empty line", "\n\n" },
        { "no signature", "text\n\n" },
        { "an empty line after the signatures", ExampleNotes.Note + "\n" },
        { "no newline at the end", ExampleNotes.Note[..^1] },
        { "words after the signatures", ExampleNotes.Note + "words\n" },
        { "a tab in the text", "a\ttext\n\n" + ExampleNotes.Line },
        { "a carriage return", "text\r\n\n" + ExampleNotes.Line },
        { "a zero character", "te\0xt\n\n" + ExampleNotes.Line },
        { "a control character in a name", $"text\n\n\u2014 na\u0001me {Good}\n" },
        { "a hyphen for the dash", $"text\n\n- name {Good}\n" },
        { "an en dash", $"text\n\n\u2013 name {Good}\n" },
        { "no space after the dash", $"text\n\n\u2014name {Good}\n" },
        { "two spaces after the dash", $"text\n\n\u2014  name {Good}\n" },
        { "two spaces before the signature", $"text\n\n\u2014 name  {Good}\n" },
        { "a space at the end", $"text\n\n\u2014 name {Good} \n" },
        { "a space in the name", $"text\n\n\u2014 na me {Good}\n" },
        { "a no-break space in the name", $"text\n\n\u2014 na\u00a0me {Good}\n" },
        { "an em space in the name", $"text\n\n\u2014 na\u2003me {Good}\n" },
        { "a line separator in the name", $"text\n\n\u2014 na\u2028me {Good}\n" },
        { "a plus in the name", $"text\n\n\u2014 na+me {Good}\n" },
        { "no name", $"text\n\n\u2014  {Good}\n" },
        { "no signature after the name", "text\n\n\u2014 name\n" },
        { "an empty signature", "text\n\n\u2014 name \n" },
        { "characters that are not base64", "text\n\n\u2014 name c2ln_mF0dXJl\n" },
        { "padding left out", "text\n\n\u2014 name c2lnbmF0dXI\n" },
        { "a signature of a key id alone", "text\n\n\u2014 name AAAAAA==\n" },
        { "half a character in the text", "te\ud800xt\n\n" + ExampleNotes.Line },
        { "half a character in a name", $"text\n\n\u2014 na\udc00me {Good}\n" },
        { "101 signatures", "text\n\n" + string.Concat(Enumerable.Repeat(ExampleNotes.Line, 101)) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Note_ThatIsMalformed_IsNotRead(string why, string note) => Assert.False(SignedNote.TryParse(note, out _), why);

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100)]
    public void Note_OfUpToAHundredSignatures_IsRead(int count)
    {
        Assert.True(SignedNote.TryParse("text\n\n" + string.Concat(Enumerable.Repeat(ExampleNotes.Line, count)), out var note));
        Assert.Equal(count, note.Signatures.Count);
    }

    [Theory]
    [InlineData("\n\n\u2014 name c2lnbmF0dXJl\n", "\n")]
    [InlineData("\n\n\n\u2014 name c2lnbmF0dXJl\n", "\n\n")]
    [InlineData("\ud83d\ude00\n\n\u2014 name c2lnbmF0dXJl\n", "\ud83d\ude00\n")]
    [InlineData("text\n\n\u2014 n\u00e4me/\u2014 c2lnbmF0dXJl\n", "text\n")]
    public void Note_ThatIsUnusual_IsRead(string note, string text)
    {
        Assert.True(SignedNote.TryParse(note, out var parsed));
        Assert.Equal(text, parsed.Text);
    }

    [Fact]
    public void Note_CutOrAlteredAnywhere_IsReadOrRefusedAndNeverSigned() =>
        Gen.Select(Gen.Int[0, ExampleNotes.Note.Length - 1], Gen.OneOf('\n', ' ', '+', '\u2014', '=', 'x', '\0'), Gen.Int[0, 2]).Sample((at, with, how) =>
        {
            var note = how switch
            {
                0 => ExampleNotes.Note[..at],
                1 => ExampleNotes.Note.Insert(at, $"{with}"),
                _ => ExampleNotes.Note.Remove(at, 1).Insert(at, $"{with}"),
            };
            if (note != ExampleNotes.Note)
                Assert.False(SignedNote.TryParse(note, out var parsed) && parsed.IsSignedBy(ExampleNotes.Key), note);
        });
}
