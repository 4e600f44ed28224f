namespace FundingFlows.Ledger;

/// <summary>A change of a project that somebody asked for, and what somebody else decided about it.</summary>
/// <param name="id">The entry that asked for it.</param>
/// <param name="requester">Handle of the person who asked.</param>
public sealed class ProjectChange(EntryId id, Project project, ProjectChangeRequested requested, string requester)
{
    public EntryId Id { get; } = id;

    public Project Project { get; } = project;

    public ProjectChangeRequested Requested { get; } = requested;

    public string Requester { get; } = requester;

    /// <summary>What was decided. Null: it waits.</summary>
    public ProjectChangeDecided? Decided { get; internal set; }

    public bool Waits => Decided is null;
}
