using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers.Tests;

/// <summary>Follows journals made by hand, as an instance that hosts no body does.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly Outside outside = new();
    private readonly LoggerFactory loggers;

    /// <param name="root">The body whose key is pinned.</param>
    /// <param name="addressed">The bodies that have an address.</param>
    /// <param name="byEventsAlone">Rely on events, which a test tells of by <see cref="FollowedJournals.Hear"/>.</param>
    public Follower(
        MadeHost host, MadeJournal root, IEnumerable<MadeJournal> addressed, bool byEventsAlone = false, TimeProvider? time = null,
        TimeSpan? lookAnyway = null, IReplicaArchive? archive = null)
    {
        var settings = new InstanceOptions
        {
            Federation = MadeJournal.Federation,
            TrustRoot = root.Verifier.ToString(),
            CheckpointInterval = TimeSpan.Zero,
            Events = { LookAnyway = lookAnyway ?? TimeSpan.FromHours(1), WithoutStreams = byEventsAlone },
            Instances = { ["made"] = new InstanceAddress { Grpc = host.Address } },
        };
        foreach (var journal in addressed)
            settings.Directory[journal.Body] = "made";
        var options = Options.Create(settings);
        Time = time ?? new HurriedTime();
        var addresses = new AddressBook(options, outside);
        loggers = new LoggerFactory([Log]);
        var lifetime = new ApplicationLifetime(loggers.CreateLogger<ApplicationLifetime>());
        Security = new SecurityRecord(addresses, Time, loggers.CreateLogger<SecurityRecord>());
        Journals = new FollowedJournals(options, addresses, Time, lifetime, loggers.CreateLogger<FollowedJournals>(), archive, security: Security);
        WhoIsWho = new WhoIsWho(options, new NoHostedBodies(), addresses, Journals, Time);
    }

    public TimeProvider Time { get; }

    /// <summary>What is remembered of news that was refused.</summary>
    public SecurityRecord Security { get; }

    public SaidLog Log { get; } = new();

    public FollowedJournals Journals { get; }

    public WhoIsWho WhoIsWho { get; }

    public FollowedJournal Follow(MadeJournal journal) => Journals.Follow(journal.Body, WhoIsWho);

    public Task<KnownBody?> FindAsync(MadeJournal journal) => WhoIsWho.FindAsync(journal.Body, CancellationToken.None);

    /// <summary>Waits until a body is known.</summary>
    public async Task<KnownBody> KnownAsync(MadeJournal journal) =>
        (await Wait.UntilAsync(() => FindAsync(journal), known => known is not null, $"{journal.Body} being known"))!;

    /// <summary>Waits until what is seen of a journal is so.</summary>
    public Task SeenAsync(MadeJournal journal, Func<JournalReplica, bool> condition, string what) =>
        Wait.UntilAsync(() => Look(journal, condition), $"{journal.Body}: {what}");

    public Task AppliedAsync(MadeJournal journal, int size) => SeenAsync(journal, replica => replica.Books.Size == size, $"{size} entries");

    public Task AppliedAsync(MadeJournal journal) => AppliedAsync(journal, journal.Size);

    /// <summary>Looks at what is held of a journal.</summary>
    public T? Look<T>(MadeJournal journal, Func<JournalReplica, T> read) =>
        Journals.ReadAll(_ => Follow(journal).Replica is { } replica ? read(replica) : default);

    public async ValueTask DisposeAsync()
    {
        await Journals.DisposeAsync();
        outside.Dispose();
        loggers.Dispose();
    }
}
