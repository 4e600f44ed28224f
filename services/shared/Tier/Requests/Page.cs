using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FundingFlows.Tiers;

/// <summary>
/// A page of a list: at most <paramref name="Size"/> items, after the item of that key. A token names the list and holds the key of the last
/// item given; one of another list is refused, for what is beside it would be lost or come again.
/// </summary>
/// <param name="After">Null: from the start.</param>
public readonly record struct Page(string List, int Size, string? After)
{
    internal const string TokenField = "page_token";
    internal const string WrongToken = "is not one that this service gave for this list.";
    private const int MostToken = 200;

    public static bool TryReadToken(string token, string list, out string? after)
    {
        after = null;
        if (token.Length == 0)
            return true;
        if (token.Length > MostToken || !Base64Url.IsValid(token))
            return false;
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        if (!text.StartsWith(list + ' ', StringComparison.Ordinal))
            return false;
        after = text[(list.Length + 1)..];
        return true;
    }

    /// <summary>The page of items that are in the order of their keys, and the token of the next page (empty: that was all).</summary>
    public (IReadOnlyList<T> Items, string NextToken) Of<T>(IEnumerable<T> inOrder, Func<T, string> key)
    {
        var after = After;
        return Cut(after is null ? inOrder : inOrder.SkipWhile(item => string.CompareOrdinal(key(item), after) <= 0), key);
    }

    /// <summary>The page of items that are never removed and come in the order in which they were made.</summary>
    public (IReadOnlyList<T> Items, string NextToken) OfMade<T>(IReadOnlyList<T> made, Func<T, bool> include)
    {
        var first = After is null ? 0 : Place(made.Count) + 1;
        var items = new List<T>();
        for (var i = first; i < made.Count; i++)
        {
            if (!include(made[i]))
                continue;
            if (items.Count == Size)
                return (items, Token($"{i - 1}"));
            items.Add(made[i]);
        }
        return (items, "");
    }

    /// <summary>The same, the newest first. What is made between two pages moves nothing.</summary>
    public (IReadOnlyList<T> Items, string NextToken) OfMadeNewestFirst<T>(IReadOnlyList<T> made, Func<T, bool> include)
    {
        var before = After is null ? made.Count : Place(made.Count);
        var items = new List<T>();
        for (var i = before - 1; i >= 0; i--)
        {
            if (!include(made[i]))
                continue;
            if (items.Count == Size)
                return (items, Token($"{i + 1}"));
            items.Add(made[i]);
        }
        return (items, "");
    }

    private (IReadOnlyList<T> Items, string NextToken) Cut<T>(IEnumerable<T> rest, Func<T, string> key)
    {
        var items = rest.Take(Size + 1).ToList();
        if (items.Count <= Size)
            return (items, "");
        items.RemoveAt(Size);
        return (items, Token(key(items[^1])));
    }

    /// <summary>The place of the last item given. Throws INVALID_ARGUMENT when there never was such an item.</summary>
    private int Place(int count) =>
        int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < count ? place : throw Errors.Malformed([(TokenField, WrongToken)]);

    private string Token(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{List} {key}"));
}
