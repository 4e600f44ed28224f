namespace FundingFlows.Simulation;

/// <summary>
/// The journals on one instance's disk as one life of the instance has opened them. An append takes time; a crash meanwhile loses it, or leaves it whole
/// with nobody told. One of which the disk has only the beginning is found torn at the next start and taken away, as the log of SQLite does.
/// </summary>
internal class VirtualStore(Life life, VirtualDisk disk) : IJournalStore
{
    private const int MostBytes = 1 << 20;
    private bool isFull;

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation)
    {
        Check();
        var stored = disk.Of(journal);
        stored.Lease++;
        return ValueTask.FromResult(LeaseOf(journal, stored));
    }

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation)
    {
        Check();
        var stored = disk.Of(lease.Journal);
        return ValueTask.FromResult(stored.Lease == lease.Number ? LeaseOf(lease.Journal, stored) : null);
    }

    public virtual async ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
    {
        Check();
        var fate = life.Place.Faults.OfAnAppend(life);
        if (fate == AppendFate.Full)
        {
            life.Town.Struck.Count(Strike.DisksFull);
            isFull = true;
            life.Town.Scheduler.After(life.Place.Faults.UntilThereIsRoom(), () => isFull = false);
            throw new StoreException(StoreFault.Full, "The simulated disk is full.");
        }
        var written = new Written(batch);
        life.OnItsWay.Add(written);
        var time = life.Place.Faults.TimeOfAnAppend(life);
        if (life is { IsListening: true, Place.FailsWhileStoring: true })
        {
            life.Place.FailsWhileStoring = false;
            life.Town.Scheduler.After(life.Place.Faults.Into(time), () => life.Town.Fail(life.Place));
        }
        await life.Town.Scheduler.DelayAsync(time);
        life.OnItsWay.Remove(written);
        if (!life.IsAlive)
            await Life.NeverAsync();
        if (fate != AppendFate.Stored)
            life.Town.Struck.Count(fate switch
            {
                AppendFate.FailedBefore => Strike.DisksFailedBeforeStoring,
                AppendFate.NotDurable => Strike.DisksNotSynced,
                _ => Strike.DisksFailedAfterStoring,
            });
        if (fate is AppendFate.FailedBefore)
            throw new StoreException(StoreFault.Failed, "The simulated disk failed before it had stored anything.");
        if (fate is AppendFate.NotDurable)
            throw new StoreException(StoreFault.NotDurable, "The simulated disk could not be synced.");
        var dropped = Apply(batch);
        if (fate is AppendFate.FailedAfter)
            throw new StoreException(StoreFault.Failed, "The simulated disk failed after it had stored everything.");
        return dropped;
    }

    public ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation)
    {
        Check();
        return ValueTask.FromResult(!isFull);
    }

    public ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        Check();
        var (page, bytes) = (new List<byte[]>(), 0L);
        if (disk.Journals.TryGetValue(journal, out var stored))
            for (var at = from; at < stored.Entries.Count && page.Count < most; at++)
            {
                var entry = StoredJournal.BytesOf(stored.Entries[(int)at]);
                if (page.Count > 0 && (bytes += entry.Length) > MostBytes)
                    break;
                page.Add(entry);
            }
        return ValueTask.FromResult<IReadOnlyList<byte[]>>(page);
    }

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation)
    {
        Check();
        return ValueTask.FromResult(disk.Journals.TryGetValue(journal, out var stored) && stored.Commands.TryGetValue(commandId, out var at) ? at : (long?)null);
    }

    public ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation)
    {
        Check();
        return ValueTask.FromResult<IReadOnlyList<uint>>([.. disk.Journals.Where(one => one.Key.Body == body && one.Value.Entries.Count > 0).Select(one => one.Key.Epoch).OrderDescending()]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a crash makes of an append that was on its way.</summary>
    internal void Settle(Written written, bool survives)
    {
        life.Town.Struck.Count(survives ? Strike.AppendsKeptInCrashes : Strike.AppendsLostInCrashes);
        if (survives)
            Apply(written.Batch);
    }

    protected Dictionary<JournalKey, DroppedOut> Apply(IReadOnlyList<JournalAppend> batch)
    {
        var dropped = new Dictionary<JournalKey, DroppedOut>();
        foreach (var append in batch)
        {
            var stored = disk.Of(append.Lease.Journal);
            if (stored.Lease != append.Lease.Number)
                dropped[append.Lease.Journal] = DroppedOut.LeaseTaken;
            else if (stored.Entries.Count != append.ExpectedIndex || dropped.ContainsKey(append.Lease.Journal))
                dropped[append.Lease.Journal] = DroppedOut.WrongIndex;
            else
            {
                stored.Append(append.Entries, append.Root);
                life.Town.Oracle.Stored(life, append);
            }
        }
        return dropped;
    }

    private static JournalLease LeaseOf(JournalKey journal, StoredJournal stored) => new(journal, stored.Lease, stored.Entries.Count, stored.Root);

    /// <summary>A process that has ended reads and writes nothing.</summary>
    private void Check()
    {
        life.Town.Scheduler.Check();
        if (!life.IsAlive)
            throw new StoreException(StoreFault.Failed, "The process has ended.");
    }
}

/// <summary>An append between being handed over and being durable.</summary>
internal sealed record Written(IReadOnlyList<JournalAppend> Batch);
