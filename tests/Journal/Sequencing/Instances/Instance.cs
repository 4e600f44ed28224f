using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// A process that hosts bodies: journals in a place of their own, a store that can be made to fail, one committer, and a clock
/// that stands still until it is moved.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    public const string Central = "DLUHC";
    private const string Federation = "fed.example";

    private readonly StorePlace place;
    private readonly int capacity;

    public Instance(StoreKind kind, int capacity = 4_096) : this(StorePlace.Of(kind), capacity) => Kind = kind;

    public Instance(StorePlace place, int capacity = 4_096)
    {
        this.place = place;
        this.capacity = capacity;
        Begin();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));

    public BodyKey Key { get; } = BodyKey.Generate();

    /// <summary>Why the process would have been ended.</summary>
    public ConcurrentQueue<string> FailStops { get; } = [];

    public StoreKind Kind { get; }

    public FaultyStore Store { get; private set; } = null!;

    public GroupCommitter Committer { get; private set; } = null!;

    public static JournalKey JournalOf(string body) => new(body, 1);

    public Genesis Genesis(string body = Central) => new()
    {
        FormatVersion = 1,
        Federation = Federation,
        Body = body,
        Epoch = 1,
        Origin = Names.Origin(Federation, body, 1),
        PublicKey = ByteString.CopyFrom(Key.PublicKey),
        RegisteringBody = Central,
        Tier = Tier.CentralGovernment,
        OfficialName = "Ministry of Housing, Communities and Local Government",
    };

    public SequencerSettings Settings(string body = Central) => new(Genesis(body), Store, Committer, Time, _ => false, _ => false);

    public Task<Sequencer> OpenAsync(string body = Central) => Sequencer.OpenAsync(Settings(body), TestContext.Current.CancellationToken);

    /// <summary>Ends the process and starts it again on the same journals.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        Begin();
    }

    /// <summary>The same journals, as another process sees them.</summary>
    public IJournalStore OpenStore() => place.Open();

    /// <summary>All stored entries of a body, past every fault.</summary>
    public async Task<List<Entry>> StoredAsync(string body = Central)
    {
        await using var store = place.Open();
        var entries = new List<Entry>();
        while (await store.ReadAsync(JournalOf(body), entries.Count, 1_000, CancellationToken.None) is { Count: > 0 } page)
            entries.AddRange(page.Select(Entry.Parser.ParseFrom));
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Key.Dispose();
        place.Dispose();
    }

    private void Begin()
    {
        Store = new FaultyStore(place.Open());
        Committer = new GroupCommitter(Store, Time, FailStops.Enqueue, capacity);
    }

    private async Task EndAsync()
    {
        await Committer.DisposeAsync();
        await Store.DisposeAsync();
    }
}
