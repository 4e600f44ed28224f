namespace FundingFlows.Audit;

/// <summary>Keeps the newest verified note of each journal. Those that come while others are being written are written together, with one sync.</summary>
internal sealed class KeptNotes(IWitnessStore store)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Size, string Note)> waiting = [];
    private Task writing = Task.CompletedTask;
    private Task? next;

    /// <summary>Durable when it ends. Throws <see cref="StoreException"/>.</summary>
    public Task KeepAsync(string origin, long size, string note)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(origin, out var other) || other.Size < size)
                waiting[origin] = (size, note);
            return next ??= WriteAsync(writing);
        }
    }

    private async Task WriteAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        List<(string, long, string)> taken;
        lock (gate)
        {
            taken = [.. waiting.Select(one => (one.Key, one.Value.Size, one.Value.Note))];
            waiting.Clear();
            (writing, next) = (next!, null);
        }
        store.KeepVerified(taken);
    }
}
