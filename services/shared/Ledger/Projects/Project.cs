namespace FundingFlows.Ledger;

/// <summary>Something that a body spends money for.</summary>
/// <param name="id">The entry that registered it.</param>
/// <param name="before">Milestones that were reached at the body that handed it over. None where it was registered here.</param>
public sealed class Project(
    EntryId id, ProjectRegistered registered, Google.Protobuf.WellKnownTypes.Timestamp recordedAt, params IReadOnlyCollection<MilestoneReached> before)
{
    private readonly SortedDictionary<(string Funder, string Fund), long> spent = [];
    private readonly SortedDictionary<uint, MilestoneReached> reached = new(before.ToDictionary(one => one.Milestone));
    private readonly List<ProjectChange> changes = [];

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

    /// <summary>Changes that were asked for, oldest first.</summary>
    public IReadOnlyList<ProjectChange> Changes => changes;

    /// <summary>The change that nobody has decided. Null: there is none.</summary>
    public ProjectChange? WaitingChange => changes is [.., { Waits: true } last] ? last : null;

    /// <summary>The milestones that were reached, by their places from 1.</summary>
    public IReadOnlyDictionary<uint, MilestoneReached> Reached => reached;

    /// <summary>The first milestone that was reached and would be another in a description. Null: none.</summary>
    internal uint? FirstReachedThatDiffersIn(ProjectDescription description)
    {
        foreach (var place in reached.Keys)
            if (place > description.Milestones.Count || !description.Milestones[(int)place - 1].Equals(Description.Milestones[(int)place - 1]))
                return place;
        return null;
    }

    internal void Add(ProjectChange change) => changes.Add(change);

    internal void Reach(MilestoneReached fact) => reached.Add(fact.Milestone, fact);

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
    private readonly Dictionary<EntryId, ProjectChange> changes = [];
    private readonly List<Project> registered = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Project> All => registered;

    public Project? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>A change that was asked for. Null: there is none of that id.</summary>
    public ProjectChange? FindChange(EntryId id) => changes.GetValueOrDefault(id);

    internal Project this[EntryId id] => byId[id];

    internal ProjectChange Change(EntryId id) => changes[id];

    internal void Add(ProjectChange change)
    {
        changes.Add(change.Id, change);
        change.Project.Add(change);
    }

    /// <summary>The project that a payment names. Null: it is of before there were projects.</summary>
    internal Project? Of(PaymentMade payment) => payment.Project is null ? null : byId[EntryId.From(payment.Project)];

    internal void Add(Project project)
    {
        byId.Add(project.Id, project);
        registered.Add(project);
    }
}
