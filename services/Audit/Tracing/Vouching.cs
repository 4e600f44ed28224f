namespace FundingFlows.Audit;

/// <summary>
/// Which entries say whose keys sign which journals. Built as entries are applied; read and written with the lock of
/// <see cref="FollowedJournals"/> held.
/// </summary>
public sealed class Vouching
{
    private readonly Dictionary<string, List<EntryId>> own = [];
    private readonly Dictionary<(string Registrar, string Body), List<EntryId>> vouched = [];
    private readonly Dictionary<(string Registrar, string Body), string> takenOver = [];

    /// <summary>
    /// The entries that lead from the federation's root to the keys of bodies: those that say how each begins and which keys it takes, those by which its
    /// registrar vouches for it, and so on up.
    /// </summary>
    public IEnumerable<EntryId> Of(IEnumerable<string> bodies, AuditView view)
    {
        var known = new HashSet<string>(bodies);
        var open = new Queue<string>(known);
        while (open.TryDequeue(out var body))
        {
            foreach (var entry in own.GetValueOrDefault(body, []))
                yield return entry;
            // The registrar and, where it was abolished, who took the registration over from it.
            var asked = new HashSet<string> { body };
            for (var next = view.BooksOf(body)?.Genesis?.RegisteringBody; next is not null && asked.Add(next); next = takenOver.GetValueOrDefault((next, body)))
            {
                foreach (var entry in vouched.GetValueOrDefault((next, body), []))
                    yield return entry;
                if (known.Add(next))
                    open.Enqueue(next);
            }
        }
    }

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        own.Clear();
        vouched.Clear();
        takenOver.Clear();
    }

    public void Look(JournalReplica replica, Entry entry)
    {
        var at = replica.IdOf(entry);
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.Genesis:
            case Fact.KindOneofCase.KeyAdopted:
            case Fact.KindOneofCase.EpochBegun:
                own.AddTo(replica.Body, at);
                break;
            case Fact.KindOneofCase.BodyRegistered:
                vouched.AddTo((replica.Body, fact.BodyRegistered.Body), at);
                break;
            case Fact.KindOneofCase.KeyRotated:
                vouched.AddTo((replica.Body, fact.KeyRotated.Body), at);
                break;
            case Fact.KindOneofCase.EpochDeclared:
                vouched.AddTo((replica.Body, fact.EpochDeclared.Body), at);
                break;
            case Fact.KindOneofCase.SuccessionTold when fact.SuccessionTold.Taker.Length > 0:
                vouched.AddTo((replica.Body, fact.SuccessionTold.To.Body), at);
                takenOver[(replica.Body, fact.SuccessionTold.To.Body)] = fact.SuccessionTold.Taker;
                break;
        }
    }
}
