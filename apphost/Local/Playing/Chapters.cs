namespace FundingFlows.Local;

/// <summary>What the chapters of the sample year share.</summary>
internal static class Chapters
{
    /// <summary>How many bodies act at once.</summary>
    public const int AtOnce = 32;

    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (item, stop) => await act(item, stop));

    /// <summary>Acts for each of them, and answers in their order whatever came first, so that a second run sends the same commands.</summary>
    public static async Task<IReadOnlyList<TAnswer>> AllAsync<T, TAnswer>(IReadOnlyList<T> items, Func<T, CancellationToken, Task<TAnswer>> act, CancellationToken cancellation)
    {
        var answers = new TAnswer[items.Count];
        await ForEachAsync(Enumerable.Range(0, items.Count), async (i, stop) => answers[i] = await act(items[i], stop), cancellation);
        return answers;
    }

    /// <summary>Plays what does not wait for one another. When one of them cannot go on, the others end.</summary>
    public static Task TogetherAsync(IEnumerable<Func<CancellationToken, Task>> chapters, CancellationToken cancellation) =>
        ForEachAsync(chapters, (chapter, stop) => chapter(stop), cancellation);
}

/// <summary>The roles that the sample's officers hold.</summary>
internal static class OfficerRoles
{
    public const string Preparer = "preparer";
    public const string Approver = "approver";
    public const string ChiefFinanceOfficer = "chief-finance-officer";
}
