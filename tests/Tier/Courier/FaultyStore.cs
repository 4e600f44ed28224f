using FundingFlows.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers.Tests;

/// <summary>The real store of an instance, with faults that a test puts in.</summary>
internal sealed class FaultyStore : IJournalStore
{
    private IJournalStore inner = null!;

    /// <summary>Called before entries are read; it may throw. Null: nothing is wrong.</summary>
    public Action<JournalKey, long>? Reading { get; set; }

    /// <summary>Awaited before entries are made durable; it may throw. Null: nothing is wrong.</summary>
    public Func<IReadOnlyList<JournalAppend>, Task>? Appending { get; set; }

    /// <summary>Awaited after entries were made durable; it may throw, as a store that fails late does. Null: nothing is wrong.</summary>
    public Func<IReadOnlyList<JournalAppend>, Task>? Appended { get; set; }

    /// <summary>Puts it into an instance, around a store in the instance's own folder.</summary>
    public void Join(IServiceCollection services) => services.AddSingleton<IJournalStore>(provider =>
    {
        inner = SqliteJournalStore.Open(Path.Combine(provider.GetRequiredService<IOptions<InstanceOptions>>().Value.Data, "journals.db"));
        return this;
    });

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => inner.LeaseAsync(journal, cancellation);

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation) => inner.RenewAsync(lease, cancellation);

    public async ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
    {
        if (Appending is { } before)
            await before(batch);
        var dropped = await inner.AppendAsync(batch, cancellation);
        if (Appended is { } after)
            await after(batch);
        return dropped;
    }

    public ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        Reading?.Invoke(journal, from);
        return inner.ReadAsync(journal, from, most, cancellation);
    }

    public ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation) => inner.HasRoomAsync(bytes, cancellation);

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation) => inner.FindCommandAsync(journal, commandId, cancellation);

    public ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation) => inner.EpochsAsync(body, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
