using System.Globalization;
using System.Text;

namespace FundingFlows.Verifier;

/// <summary>
/// Writes sentences, a line each. What strangers wrote may stand in them: a character that would break the line, move the cursor or turn the direction
/// is written as its number, so that no file can say anything in this program's name.
/// </summary>
internal sealed class Lines(TextWriter writer)
{
    public Task WriteLineAsync(string sentence) => writer.WriteLineAsync(Plain(sentence));

    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                plain.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                plain.Append(rune.ToString());
        return plain.ToString();
    }
}
