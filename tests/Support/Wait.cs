namespace FundingFlows.Support;

/// <summary>Waits for a state. A test that waits for what never comes fails by its end.</summary>
public static class Wait
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> enough, string what)
    {
        var end = TimeProvider.System.GetUtcNow() + Longest;
        while (true)
        {
            var found = await read();
            if (enough(found))
                return found;
            if (TimeProvider.System.GetUtcNow() > end)
                throw new TimeoutException($"{what} did not come about within {Longest.TotalSeconds} s; the last seen was {found}.");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public static Task UntilAsync(Func<bool> enough, string what) => UntilAsync(() => Task.FromResult(enough()), found => found, what);
}
