using System.Buffers.Text;
using System.Text;

namespace FundingFlows.Tiers;

/// <summary>A page of a list: at most <paramref name="Size"/> items, after the item of that key. A token holds the key of the last item given.</summary>
/// <param name="After">Null: from the start.</param>
public readonly record struct Page(int Size, string? After)
{
    public static bool TryReadToken(string token, out string? after)
    {
        after = null;
        if (token.Length == 0)
            return true;
        if (token.Length > 200 || !Base64Url.IsValid(token))
            return false;
        after = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
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
        var first = int.TryParse(After, out var last) && last >= 0 ? last + 1 : 0;
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
        var before = int.TryParse(After, out var last) && last >= 0 && last <= made.Count ? last : made.Count;
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

    private static string Token(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
