namespace FundingFlows.Ledger;

/// <summary>Something that a body spends money for.</summary>
public sealed class Project(EntryId id, ProjectRegistered registered, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
{
    private readonly SortedDictionary<(string Funder, string Fund), long> spent = [];

    /// <summary>The entry that registered it.</summary>
    public EntryId Id { get; } = id;

    /// <summary>As it is now.</summary>
    public ProjectDescription Description { get; internal set; } = registered.Description;

    /// <summary>The project that it is part of, here or at another body. Null: none.</summary>
    public EntryId? PartOf { get; } = registered.PartOf is null ? null : EntryId.From(registered.PartOf);

    public Google.Protobuf.WellKnownTypes.Timestamp RecordedAt { get; } = recordedAt;

    /// <summary>How it ended. Null: it is open.</summary>
    public ProjectClosed? Closed { get; internal set; }

    public bool IsOpen => Closed is null;

    /// <summary>What was paid for it, net of refunds, in pence.</summary>
    public long SpentPence { get; private set; }

    /// <summary>
    /// Whose money that was, in pence: the body that awarded it (the body itself where it issued it) and the fund, in their order.
    /// </summary>
    public IEnumerable<KeyValuePair<(string Funder, string Fund), long>> Spent => spent;

    internal void Spend(Lot lot, long pence)
    {
        var of = (lot.Award?.Body ?? lot.Id.Entry.Body, lot.Line.Fund);
        spent[of] = spent.GetValueOrDefault(of) + pence;
        SpentPence += pence;
    }
}

/// <summary>The projects of a body.</summary>
public sealed class ProjectBook
{
    private readonly Dictionary<EntryId, Project> byId = [];
    private readonly List<Project> registered = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Project> All => registered;

    public Project? Find(EntryId id) => byId.GetValueOrDefault(id);

    internal Project this[EntryId id] => byId[id];

    /// <summary>The project that a payment names. Null: it is of before there were projects.</summary>
    internal Project? Of(PaymentMade payment) => payment.Project is null ? null : byId[EntryId.From(payment.Project)];

    internal void Add(Project project)
    {
        byId.Add(project.Id, project);
        registered.Add(project);
    }
}
