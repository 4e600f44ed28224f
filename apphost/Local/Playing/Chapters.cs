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
}

/// <summary>The roles that the sample's officers hold.</summary>
internal static class OfficerRoles
{
    public const string Preparer = "preparer";
    public const string Approver = "approver";
    public const string ChiefFinanceOfficer = "chief-finance-officer";
}
