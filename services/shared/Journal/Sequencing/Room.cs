namespace FundingFlows.Journal;

/// <summary>
/// Whether the disk that holds the journals has room. Once an append found none, it is looked for each second, and nothing is decided until there
/// is: a command that were decided and could then not be stored would cost its body a reading of the whole journal.
/// </summary>
internal sealed class Room(IJournalStore store, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What a store needs beside the entries, for the smallest append and for each journal in it.</summary>
    private const long AtLeast = 256 << 10, ForAJournal = 64 << 10;
    private const int TimesTheEntries = 2;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource ending = new();
    private volatile bool isFull;
    private Task looking = Task.CompletedTask;

    public bool IsFull => isFull;

    /// <summary>An append found none. Told by one at a time.</summary>
    /// <param name="bytes">Of its entries.</param>
    /// <param name="journals">How many journals they are of.</param>
    public void WasFull(long bytes, int journals)
    {
        if (isFull)
            return;
        isFull = true;
        // It goes on long after the request whose thread this may be.
        using (ExecutionContext.SuppressFlow())
            looking = LookAsync(AtLeast + (ForAJournal * journals) + (TimesTheEntries * bytes));
    }

    /// <summary>Looks no more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ending.IsCancellationRequested)
            await ending.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        ending.Dispose();
    }

    private async Task LookAsync(long bytes)
    {
        do
            await Task.Delay(LookAgain, time, ending.Token);
        while (!await IsThereAsync(bytes));
        isFull = false;
    }

    private async Task<bool> IsThereAsync(long bytes)
    {
        try
        {
            return await store.HasRoomAsync(bytes, ending.Token);
        }
        catch (Exception) when (!ending.IsCancellationRequested)
        {
            // It does not answer just now. Whatever the reason, it is asked again: else nothing would ever be stored any more.
            return false;
        }
    }
}
