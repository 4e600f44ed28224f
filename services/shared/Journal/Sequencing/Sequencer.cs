using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Journal;

/// <summary>What a sequencer needs beside its journal.</summary>
/// <param name="Genesis">Entry 0, written when the journal is empty. When it is not, what it says of who the body is must be the same.</param>
/// <param name="IsBody">Whether an id, exactly as it is written, is that of a body of the federation.</param>
/// <param name="IsBodysOrganisation">Whether an organisation identifier is that of a body of the federation.</param>
public sealed record SequencerSettings(
    Genesis Genesis, IJournalStore Store, GroupCommitter Committer, TimeProvider Time, Func<string, bool> IsBody, Func<string, bool> IsBodysOrganisation)
{
    /// <summary>How many ids of accepted commands are kept in memory: more than can wait to become durable. Older ones are looked up in the store.</summary>
    public int RecentIds { get; init; } = CommandIds.DefaultCapacity;

    /// <summary>The epoch of the journal that is opened: the genesis names the first.</summary>
    public uint Epoch { get; init; } = Genesis.Epoch;

    /// <summary>
    /// Why it only reads at first, in a sentence: then a journal that is empty is not begun either, before it is let go. Null: it takes
    /// commands at once.
    /// </summary>
    public string? ReadsOnly { get; init; }
}

/// <summary>
/// The one writer of one body's journal. It decides a command, applies what was decided, and hands the entries to the group
/// committer; the answer goes out when they are durable. Reads go the same way, and show nothing that is not durable.
/// </summary>
public sealed partial class Sequencer
{
    /// <summary>The most bytes that an encoded entry may have.</summary>
    public const int MostEntryBytes = 65_535;

    /// <summary>The newest form of journals that this program knows: <c>Genesis.format_version</c>.</summary>
    public const uint FormatVersion = 1;

    /// <summary>Why a body stops whose lease somebody else has taken.</summary>
    internal const string TakenOver = "Another writer has taken over this journal.";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);
    private readonly SequencerSettings settings;
    private JournalLease lease;
    private readonly Lock gate = new();
    private readonly Func<byte[]> root;
    private ReplayedJournal journal;
    private Task lastAppend = Task.CompletedTask;
    private JournalUnavailableException? closed;
    private long committedSize;
    private int generation;
    private TaskCompletionSource advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Sequencer(SequencerSettings settings, JournalLease lease, ReplayedJournal journal)
    {
        this.settings = settings;
        this.lease = lease;
        this.journal = journal;
        committedSize = journal.Tree.Size;
        root = () => this.journal.Tree.Root(this.journal.Tree.Size);
        if (settings.ReadsOnly is { } why)
            Hold(why);
    }

    /// <summary>Which journal: its epoch changes when the body goes on in a later one.</summary>
    public JournalKey Key => Volatile.Read(ref lease).Journal;

    /// <summary>Entries that are durable.</summary>
    public long CommittedSize => Volatile.Read(ref committedSize);

    /// <summary>Why the body does not serve. Null: it does.</summary>
    public string? ClosedBecause => (Volatile.Read(ref closed) ?? Volatile.Read(ref ended))?.Message;

    /// <summary>Told after each commit, on the thread that committed, which may be a request's: must return at once.</summary>
    public event Action<Sequencer>? Advanced;

    internal int Generation => Volatile.Read(ref generation);

    /// <summary>
    /// Takes the lease, replays the journal, and begins it where it is empty. Throws <see cref="JournalCorruptException"/>
    /// when the journal cannot be believed or is another's, <see cref="EpochNotBegunException"/> when it is to become that of a later
    /// epoch and is not yet, <see cref="StoreException"/> when the store fails, and <see cref="JournalUnavailableException"/> when its
    /// genesis cannot be made durable.
    /// </summary>
    public static async Task<Sequencer> OpenAsync(SequencerSettings settings, CancellationToken cancellation)
    {
        var (lease, journal) = await ReadAsync(settings, settings.Epoch, cancellation);
        var sequencer = new Sequencer(settings, lease, journal);
        if (journal.Books.Genesis is null && settings.ReadsOnly is null)
            await sequencer.BeginAsync();
        return sequencer;
    }

    private static async Task<(JournalLease Lease, ReplayedJournal Journal)> ReadAsync(SequencerSettings settings, uint epoch, CancellationToken cancellation)
    {
        var genesis = settings.Genesis;
        var lease = await settings.Store.LeaseAsync(new JournalKey(genesis.Body, epoch), cancellation);
        var journal = await ReplayedJournal.ReadAsync(settings.Store, lease, settings.RecentIds, cancellation);
        if (journal.Books.Genesis is { } stored)
            GenesisCheck.Compare(stored, genesis);
        if (epoch != (journal.Books.Genesis is null ? genesis.Epoch : journal.Books.Epoch))
            throw new EpochNotBegunException($"Epoch {epoch} of {genesis.Body} has not begun: {lease.Size} entries were copied for it.");
        return (lease, journal);
    }

    /// <summary>Reads the books as of now, once all that the reading saw is durable.</summary>
    public Task<T> ReadAsync<T>(Func<Books, T> read, CancellationToken cancellation) => ReadJournalAsync(now => read(now.Books), cancellation);

    /// <summary>The same, with the RFC 6962 root of the entries that the books show.</summary>
    public Task<T> ReadAsync<T>(Func<Books, byte[], T> read, CancellationToken cancellation) =>
        ReadJournalAsync(now => read(now.Books, now.Tree.Root(now.Tree.Size)), cancellation);

    private async Task<T> ReadJournalAsync<T>(Func<ReplayedJournal, T> read, CancellationToken cancellation)
    {
        T result;
        Task durable;
        lock (gate)
        {
            if (closed is not null)
                throw closed;
            if (journal.Tree.Size == 0 && held is not null)
                throw held;
            result = read(journal);
            durable = lastAppend;
        }
        await durable.Until(cancellation);
        return result;
    }

    /// <summary>Durable entries from an index on, in order, a page of them. Empty when there are none yet.</summary>
    public Task<IReadOnlyList<byte[]>> ReadEntriesAsync(long from, int most, CancellationToken cancellation) => ReadEntriesAsync(Key.Epoch, from, most, cancellation);

    /// <summary>The same, of the journal of an epoch. Throws <see cref="JournalUnavailableException"/> when the body has gone on in a later one.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadEntriesAsync(uint epoch, long from, int most, CancellationToken cancellation)
    {
        JournalKey key;
        long durable;
        lock (gate)
            (key, durable) = (lease.Journal, CommittedSize);
        if (key.Epoch != epoch)
            throw new JournalUnavailableException(Unavailability.Replaying, $"{key.Body} has gone on in epoch {key.Epoch} of its journal.");
        return from >= durable || most <= 0 ? [] : await ReadStoredAsync(key, from, (int)Math.Min(most, durable - from), cancellation);
    }

    /// <summary>Entries that are durable, at least one, as they are stored. When the store gives what it was not given, or has lost them, the body stops.</summary>
    private async Task<IReadOnlyList<byte[]>> ReadStoredAsync(JournalKey key, long from, int most, CancellationToken cancellation)
    {
        try
        {
            var page = await settings.Store.ReadAsync(key, from, most, cancellation);
            return page.Count > 0 ? page : throw JournalCorruptException.AsStored(key, $"entry {from} is missing");
        }
        catch (JournalCorruptException problem)
        {
            lock (gate)
                // The body may have gone on in a later epoch meanwhile: what is wrong with an earlier one does not concern it.
                if (lease.Journal == key)
                    Close(Unavailability.Stopped, problem.Message);
            throw new JournalUnavailableException(Unavailability.Stopped, problem.Message, problem);
        }
    }

    /// <summary>Waits until more than <paramref name="size"/> entries are durable.</summary>
    public async Task WaitBeyondAsync(long size, CancellationToken cancellation)
    {
        while (true)
        {
            var next = Volatile.Read(ref advanced).Task;
            if (CommittedSize > size)
                return;
            await next.Until(cancellation);
        }
    }

    /// <summary>Size and RFC 6962 root of what is durable.</summary>
    public (long Size, byte[] Root) Head()
    {
        var (size, root, _) = HeadOfEpoch();
        return (size, root);
    }

    /// <summary>The same, and in which epoch of the journal.</summary>
    internal (long Size, byte[] Root, uint Epoch) HeadOfEpoch()
    {
        lock (gate)
        {
            var size = Math.Min(CommittedSize, journal.Tree.Size);
            return (size, journal.Tree.Root(size), lease.Journal.Epoch);
        }
    }

    /// <summary>The hashes of a tile, 32 bytes each. Null: not all of them stand over what is durable, or the epoch is not the present one.</summary>
    public byte[]? HashTile(uint epoch, TilePath path)
    {
        if (path.Level is null || path.EndIndex is not { } end)
            return null;
        lock (gate)
            return lease.Journal.Epoch == epoch && end <= CommittedSize ? Tile.HashesOf(journal.Tree, path) : null;
    }

    /// <summary>The entries of a tile as they are bundled. Null: not all of them are durable. Throws as <see cref="ReadEntriesAsync(uint, long, int, CancellationToken)"/> does.</summary>
    public async Task<byte[]?> EntryTileAsync(uint epoch, TilePath path, CancellationToken cancellation) =>
        path.Level is not null || path.EndIndex is not { } end || end > CommittedSize ? null
        : await Tile.EntriesOfAsync(path, (from, most) => ReadEntriesAsync(epoch, from, most, cancellation));

    /// <summary>The root of so many entries, decided or durable.</summary>
    public byte[] RootAt(long size)
    {
        lock (gate)
            return journal.Tree.Root(size);
    }

    /// <summary>The body's public key for what it signs of so many entries: 32 bytes.</summary>
    public byte[] KeyAt(long size)
    {
        lock (gate)
            return (AdoptedKey.At(journal.Books.Keys, size)?.PublicKey ?? settings.Genesis.PublicKey).ToByteArray();
    }

    /// <summary>An append failed: memory is dropped and the journal read afresh; until then the body takes no commands.</summary>
    internal void Abandon()
    {
        lock (gate)
        {
            if (closed?.Why == Unavailability.Stopped)
                return;
            var now = Close(Unavailability.Replaying, "An append failed; the body reads its journal afresh.");
            var handedIn = lastAppend;
            _ = Background.RunAsync(() => ReplayAgainAsync(now, handedIn));
        }
    }

    /// <summary>The body takes no commands any more.</summary>
    internal void Stop(string reason)
    {
        lock (gate)
            Close(Unavailability.Stopped, reason);
    }

    /// <summary>The same, unless what was read afresh is void by now.</summary>
    private void Stop(int replaying, string reason)
    {
        lock (gate)
            if (replaying == generation)
                Close(Unavailability.Stopped, reason);
    }

    internal void Committed(long size) => Volatile.Write(ref committedSize, size);

    /// <summary>Tells that it has advanced: first those who carry on what was recorded, then those who only follow.</summary>
    internal void Tell()
    {
        Advanced?.Invoke(this);
        Interlocked.Exchange(ref advanced, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Makes void what waits to be appended, and answers with the generation that follows.</summary>
    private int Close(Unavailability why, string reason)
    {
        closed = new JournalUnavailableException(why, reason);
        return Interlocked.Increment(ref generation);
    }

    private async Task BeginAsync()
    {
        Task durable;
        lock (gate)
        {
            if ((closed ?? ended) is { } unavailable)
                throw unavailable;
            settings.Committer.Reserve(1);
            var stored = new List<StoredEntry>(1);
            try
            {
                if (Append([new Fact { Genesis = settings.Genesis }], null, Timestamp.FromDateTimeOffset(settings.Time.GetUtcNow()), stored).Refusal is { } refusal)
                    throw new InvalidOperationException($"The genesis of {Key.Body} cannot be recorded: {refusal.Sentence}");
            }
            finally
            {
                HandIn(0, stored, 1);
            }
            durable = lastAppend;
        }
        await durable;
    }

    private async Task ReplayAgainAsync(int replaying, Task handedIn)
    {
        // The committer may have an append of the dropped memory in hand. Until it is done, the store does not say how far the
        // journal has come: what were read now would miss entries that are about to be acknowledged.
        await handedIn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (replaying != Generation)
            return;
        for (var pause = ShortestPause; replaying == Generation; pause = Longer(pause))
        {
            try
            {
                await ReadAfreshAsync(replaying);
                return;
            }
            catch (StoreException problem)
            {
                // The store may answer again: nothing is lost meanwhile, and nothing is taken.
                Delay(replaying, problem.Message);
            }
            catch (Exception problem)
            {
                Stop(replaying, $"The journal could not be read afresh: {problem.Message}");
                return;
            }
            if (settings.Committer.IsStopping)
                return;
            await Task.Delay(pause, settings.Time);
        }
    }

    private async Task ReadAfreshAsync(int replaying)
    {
        if (await settings.Store.RenewAsync(lease, CancellationToken.None) is not { } now)
        {
            Stop(replaying, TakenOver);
            return;
        }
        var again = await ReplayedJournal.ReadAsync(settings.Store, now, settings.RecentIds, CancellationToken.None);
        lock (gate)
        {
            if (replaying != generation)
                return;
            Volatile.Write(ref lease, now);
            journal = again;
            lastAppend = Task.CompletedTask;
            Volatile.Write(ref committedSize, again.Tree.Size);
            closed = null;
        }
        Tell();
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private void Delay(int replaying, string problem)
    {
        lock (gate)
        {
            if (replaying == generation)
                closed = new JournalUnavailableException(Unavailability.Replaying, $"The journal could not be read afresh, which is tried again: {problem}");
        }
    }
}
