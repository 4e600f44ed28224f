namespace FundingFlows.Topologies;

/// <summary>
/// Who may publish and subscribe to which topic, as a component's metadata has it. Only who hosts bodies tells of their journals, and only who hosts a body that
/// funds another by the topology, and the auditor, hear of them. Whoever hears of them may put what could not be taken with the dead letters, and the auditor counts those.
/// </summary>
public sealed class EventScopes(Topology topology)
{
    public const string Journal = "journal";
    public const string DeadLetters = "journal-dead";
    private readonly HashSet<string> funding = FundersIn(topology);

    /// <summary>The value of <c>publishingScopes</c>.</summary>
    public string Publishing => Text(instance => [.. Where(Owns(instance), Journal), .. Where(Hears(instance), DeadLetters)]);

    /// <summary>The value of <c>subscriptionScopes</c>.</summary>
    public string Subscription => Text(instance => [.. Where(Hears(instance), Journal), .. Where(instance.Service == ServiceKind.Audit, DeadLetters)]);

    /// <summary>Names are lower-case letters, digits and hyphens, so none holds what separates them here.</summary>
    private string Text(Func<Instance, IReadOnlyList<string>> topics) => string.Join(
        ';', topology.Instances.Select(instance => (instance.Name, Topics: topics(instance))).Where(one => one.Topics.Count > 0).Select(one => $"{one.Name}={string.Join(',', one.Topics)}"));

    private static bool Owns(Instance instance) => instance.Service is not (ServiceKind.Audit or ServiceKind.Gateway);

    /// <summary>A forum funds nobody, and would not subscribe.</summary>
    private bool Hears(Instance instance) =>
        instance.Service == ServiceKind.Audit || (Owns(instance) && instance.Service != ServiceKind.NeighbourhoodForum && funding.Contains(instance.Name));

    /// <summary>The instances of those that fund others, and of those that will go on with it for one that is abolished.</summary>
    private static HashSet<string> FundersIn(Topology topology)
    {
        var bodies = topology.Bodies.ToDictionary(body => body.Id);
        var funders = topology.Bodies.SelectMany(body => body.FundedBy).ToHashSet();
        var next = new Queue<string>(funders);
        while (next.TryDequeue(out var funder))
            foreach (var successor in bodies[funder].SucceededBy.Where(funders.Add))
                next.Enqueue(successor);
        return [.. funders.Select(funder => bodies[funder].Instance)];
    }

    private static IEnumerable<string> Where(bool holds, string topic) => holds ? [topic] : [];
}
