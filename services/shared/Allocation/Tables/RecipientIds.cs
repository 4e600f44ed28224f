using System.Globalization;
using System.Text;

namespace FundingFlows.Allocations;

/// <summary>Which ids name a recipient. Two that a reader takes for the same must not be two places, each with money of its own.</summary>
internal static class RecipientIds
{
    /// <summary>Letters and a symbol by their kind, and yet nothing is seen of them.</summary>
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>E06000001 and e06000001 are one place.</summary>
    public static StringComparer Sameness => StringComparer.OrdinalIgnoreCase;

    /// <summary>What is wrong with an id, to be said after its name. Null: nothing.</summary>
    public static string? FaultOf(string id)
    {
        if (id.Length > 0 && (id[0] == ' ' || id[^1] == ' '))
            return "starts or ends with a blank: remove it.";
        foreach (var rune in id.EnumerateRunes())
            if (!IsSeen(rune))
                return $"holds the character U+{rune.Value:X4}, which cannot be seen: remove it.";
        return null;
    }

    /// <summary>An id as it can be shown, each character that cannot be seen by its number.</summary>
    public static string Shown(string id) => string.Concat(id.EnumerateRunes().Select(rune => IsSeen(rune) ? $"{rune}" : $"<U+{rune.Value:X4}>"));

    /// <summary>A mark on the letter before it is not seen by itself, and there is a letter that has it. What is half a character is read as U+FFFD.</summary>
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => rune != Rune.ReplacementChar && !Blanks.Contains($"{rune}", StringComparison.Ordinal),
    };
}
