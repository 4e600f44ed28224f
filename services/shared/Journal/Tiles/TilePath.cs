using System.Globalization;

namespace FundingFlows.Journal;

/// <summary>
/// Which tile of a journal, as C2SP tlog-tiles names it below the journal's prefix: <c>tile/0/x001/234</c>, <c>tile/1/000.p/17</c>,
/// <c>tile/entries/003</c>.
/// </summary>
/// <param name="Level">0 for leaf hashes, above that each hash is over a full tile of the level below. Null: the entries themselves.</param>
/// <param name="Index">The tile's place from 0 in its level.</param>
/// <param name="Width">How many hashes or entries: 256, or fewer in a partial tile.</param>
public readonly record struct TilePath(int? Level, long Index, int Width)
{
    /// <summary>Hashes or entries of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>A tile spans eight levels of the tree.</summary>
    public const int Height = 8;

    private const int MostLevel = 63;

    /// <summary>A journal has less than 2^63 entries, so no tile above has anything in it.</summary>
    private const int MostLevelInUse = 7;

    private const string Entries = "entries";
    private const string Partial = ".p";
    private const int Group = 1_000;

    public bool IsFull => Width == FullWidth;

    /// <summary>Entries from 0 up to this one are needed to have the tile. Null: more than any journal has.</summary>
    public long? EndIndex
    {
        get
        {
            if (Level > MostLevelInUse)
                return null;
            var end = ((Index * (Int128)FullWidth) + Width) << (Height * (Level ?? 0));
            return end > long.MaxValue ? null : (long)end;
        }
    }

    /// <summary>The tile of that level and place in a journal of so many entries, full or partial. Null: it would be empty.</summary>
    public static TilePath? Of(int? level, long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level ?? 0, MostLevelInUse);
        ArgumentOutOfRangeException.ThrowIfNegative(level ?? 0);
        var width = (size >> (Height * (level ?? 0))) - ((Int128)index * FullWidth);
        return width < 1 ? null : new TilePath(level, index, width < FullWidth ? (int)width : FullWidth);
    }

    /// <summary>Reads what stands behind <c>tile/</c>; false for anything that is not written exactly so.</summary>
    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        if (text is null || text.Split('/') is not [var level, .. { Length: > 0 } rest])
            return false;
        int? parsedLevel = null;
        if (level != Entries)
        {
            if (!TryNumber(level, MostLevel, out var number))
                return false;
            parsedLevel = number;
        }
        var width = FullWidth;
        if (rest is [.., var partial, var last] && partial.EndsWith(Partial, StringComparison.Ordinal))
        {
            if (!TryNumber(last, FullWidth - 1, out width) || width == 0)
                return false;
            rest = [.. rest[..^2], partial[..^Partial.Length]];
        }
        if (!TryIndex(rest, out var index))
            return false;
        path = new TilePath(parsedLevel, index, width);
        return true;
    }

    /// <summary>The path below the journal's prefix.</summary>
    public override string ToString()
    {
        var groups = new Stack<string>();
        for (var rest = Index; groups.Count == 0 || rest > 0; rest /= Group)
            groups.Push((groups.Count == 0 ? "" : "x") + (rest % Group).ToString("000", CultureInfo.InvariantCulture));
        var level = Level?.ToString(CultureInfo.InvariantCulture) ?? Entries;
        return $"tile/{level}/{string.Join('/', groups)}{(IsFull ? "" : $"{Partial}/{Width.ToString(CultureInfo.InvariantCulture)}")}";
    }

    /// <summary>Groups of three digits, all but the last with an x before them and the first not nought, unless it is alone.</summary>
    private static bool TryIndex(string[] groups, out long index)
    {
        index = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var isLast = i == groups.Length - 1;
            var digits = isLast ? groups[i] : groups[i].StartsWith('x') ? groups[i][1..] : "";
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit) || (i == 0 && !isLast && digits == "000") || index > (long.MaxValue / Group / FullWidth) - 1)
                return false;
            index = (index * Group) + int.Parse(digits, CultureInfo.InvariantCulture);
        }
        return true;
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most && text == number.ToString(CultureInfo.InvariantCulture);
}
