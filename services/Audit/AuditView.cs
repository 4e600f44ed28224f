namespace FundingFlows.Audit;

/// <summary>All followed journals at one moment: valid only while the lock of <see cref="FollowedJournals"/> is held.</summary>
public sealed class AuditView(IReadOnlyCollection<FollowedJournal> journals)
{
    private readonly Dictionary<string, JournalReplica> replicas =
        journals.Where(journal => journal.Replica is not null).ToDictionary(journal => journal.Body, journal => journal.Replica!);

    public IReadOnlyCollection<FollowedJournal> Journals => journals;

    public IEnumerable<JournalReplica> Replicas => replicas.Values;

    public Federation Federation { get; } =
        new(journals.Where(journal => journal.Replica?.Books.Genesis is not null).Select(journal => journal.Replica!.Books));

    /// <summary>What is held of a body's journal. Null: nothing.</summary>
    public JournalReplica? Find(string body) => replicas.GetValueOrDefault(body);

    public Books? BooksOf(string body) => Federation.Of(body);

    public Tier TierOf(string body) => BooksOf(body)?.Tier ?? Tier.Unspecified;

    /// <summary>As registered. The id while that is not known.</summary>
    public string NameOf(string body) => Find(body)?.OfficialName is { Length: > 0 } name ? name : body;

    /// <summary>Bodies in the order of tiers and ids.</summary>
    public IEnumerable<string> InOrder(IEnumerable<string> bodies) =>
        bodies.OrderBy(body => TierOf(body)).ThenBy(body => body, StringComparer.Ordinal);
}
