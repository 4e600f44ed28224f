using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// The journals of other bodies that this instance follows. All replicas are read and written under one lock, so that a reader
/// sees them together.
/// </summary>
public sealed class FollowedJournals(
    IOptions<InstanceOptions> options, AddressBook addresses, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<FollowedJournals> log, IReplicaArchive? archive = null, Forks? forks = null,
    SecurityRecord? security = null) : IAsyncDisposable
{
    private readonly Dictionary<string, FollowedJournal> journals = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);

    internal Lock Gate => gate;

    internal InstanceOptions Options => options.Value;

    internal AddressBook Addresses => addresses;

    internal SecurityRecord? Security => security;

    internal TimeProvider Time => time;

    internal ILogger Log => log;

    internal IReplicaArchive? Archive => archive;

    internal Forks? Forks => forks;

    /// <summary>Whether every body is followed, as the auditor does: then news of another is of none, and is remembered.</summary>
    public bool FollowsAll { get; set; }

    /// <summary>Told before a verified entry is applied, under the lock: must return at once.</summary>
    public event Action<JournalReplica, VerifiedEntry>? Applying;

    /// <summary>Told, under the lock, when all that was applied is let go and will be applied again: must return at once.</summary>
    public event Action? BeginningAgain;

    /// <summary>Told when a verified entry has been applied, under the lock: must return at once.</summary>
    public event Action<JournalReplica, VerifiedEntry>? Applied;

    /// <summary>Follows a body's journal from now on, with the key that it is registered with. Again: the same.</summary>
    public FollowedJournal Follow(string body, WhoIsWho whoIsWho)
    {
        lock (gate)
        {
            if (!journals.TryGetValue(body, out var journal))
            {
                journals.Add(body, journal = new FollowedJournal(body, this, whoIsWho));
                journal.Start(ending.Token);
            }
            return journal;
        }
    }

    /// <summary>Tells that a journal has moved: it is looked at, when it is followed. Anyone may have said so, as often as he likes.</summary>
    public void Hear(JournalMoved news)
    {
        FollowedJournal? journal;
        lock (gate)
            journal = journals.GetValueOrDefault(news.Body);
        if (journal is not null)
            journal.Hear(news);
        else if (FollowsAll)
            security?.Tell(SecurityEventKind.EventContradictsJournal, "EVENT_BODY_UNKNOWN", news.Body, news.Body);
    }

    /// <summary>Tells of a checkpoint that a witness was sent: how many entries a body has signed is known from then on, whether or not it gives them.</summary>
    public void Learn(string body, string checkpoint)
    {
        FollowedJournal? journal;
        lock (gate)
            journal = journals.GetValueOrDefault(body);
        journal?.LearnFrom(checkpoint);
    }

    /// <summary>Nothing more of a journal is believed, because of what was found elsewhere. One that is not followed is left alone.</summary>
    /// <param name="sentence">As <see cref="JournalReplica.NotBelieved"/> makes it.</param>
    public void Quarantine(JournalKey journal, string sentence)
    {
        FollowedJournal? quarantined;
        lock (gate)
            quarantined = journals.GetValueOrDefault(journal.Body);
        quarantined?.Quarantine(journal.Epoch, sentence);
    }

    /// <summary>Reads the books of every followed journal, together.</summary>
    public IReadOnlyList<T> Read<T>(Func<Books, T> read)
    {
        lock (gate)
            return [.. journals.Values.Where(journal => journal.Replica is not null).Select(journal => read(journal.Replica!.Books))];
    }

    /// <summary>Reads what is held of one journal. Nothing, when it is not followed or not yet known.</summary>
    public T? Find<T>(string body, Func<JournalReplica, T?> read)
    {
        lock (gate)
            return journals.GetValueOrDefault(body)?.Replica is { } replica ? read(replica) : default;
    }

    /// <summary>Reads all followed journals, together.</summary>
    public T ReadAll<T>(Func<IReadOnlyCollection<FollowedJournal>, T> read)
    {
        lock (gate)
            return read(journals.Values);
    }

    /// <summary>Tells that a new epoch of a body's journal was declared: one that is followed is looked at, when who declared it is believed about it.</summary>
    public void LookForEpoch(string body)
    {
        lock (gate)
            journals.GetValueOrDefault(body)?.LookForEpoch();
    }

    /// <summary>
    /// A new epoch of a journal was declared: what the one before said behind what is kept counts no more. It is followed from its
    /// beginning; and where more was made of entries than books, all journals are taken in afresh from what was kept of them.
    /// </summary>
    internal void BeginAgain(FollowedJournal renewed, KnownBody known)
    {
        lock (gate)
        {
            if (BeginningAgain is null)
                renewed.LetGo(known);
            else
            {
                foreach (var journal in journals.Values)
                    journal.LetGo(journal == renewed ? known : null);
                BeginningAgain();
            }
        }
    }

    /// <summary>Ends the following: archive and channels, which it uses, are closed after this.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(ReadAll(all => all.Select(journal => journal.Ended).ToList()));
        foreach (var journal in ReadAll(all => all.ToList()))
            journal.Dispose();
        ending.Dispose();
    }

    /// <summary>
    /// Applies verified entries, with the lock held. A signed entry may still say anything; one that breaks who looks at it
    /// quarantines its journal, and never the others.
    /// </summary>
    internal void Apply(JournalReplica replica, IEnumerable<VerifiedEntry> verified)
    {
        foreach (var entry in verified.TakeWhile(_ => replica.Quarantined is null))
            try
            {
                Applying?.Invoke(replica, entry);
                replica.Apply(entry.Entry);
                if (replica.Quarantined is null)
                    Applied?.Invoke(replica, entry);
                if (entry.Entry.Fact.EpochDeclared is { } declared)
                    LookForEpoch(declared.Body);
            }
            catch (Exception problem)
            {
                replica.Quarantine($"entry {entry.Entry.Index} cannot be taken in: {problem.Message}");
            }
    }
}
