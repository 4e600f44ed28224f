namespace FundingFlows.Audit;

/// <summary>Indexes of several values for each key.</summary>
internal static class ListsByKey
{
    public static void AddTo<TKey, TValue>(this Dictionary<TKey, List<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var values))
            index.Add(key, values = []);
        values.Add(value);
    }
}
