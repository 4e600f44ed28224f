namespace FundingFlows.AppHost;

/// <summary>
/// Who listens where, on loopback. A process listens on the very port that others call, with no proxy before it, so all ports are
/// known before anything starts, and are the same in every run. All follow from the first one: the gateway has it and the next,
/// the issuer of tokens the third, and from the twentieth on every instance ten of its own.
/// </summary>
internal sealed class LoopbackPorts
{
    private const int FirstOfInstances = 20;
    private const int ForEach = 10;
    private const int Highest = 65_535;
    private readonly int first;
    private readonly Topology topology;

    private LoopbackPorts(int first, Topology topology)
    {
        this.first = first;
        this.topology = topology;
    }

    /// <summary>Of the issuer of tokens.</summary>
    public int Issuer => first + 2;

    /// <summary>Throws <see cref="TopologyException"/> when there are not so many ports.</summary>
    public static LoopbackPorts From(int first, Topology topology)
    {
        var highest = Highest - FirstOfInstances - (ForEach * topology.Instances.Count);
        if (first < 1 || first > highest)
            throw new TopologyException($"--port must be 1 to {highest}.");
        return new LoopbackPorts(first, topology);
    }

    public InstancePorts Of(Instance instance) => instance == topology.Gateway
        ? new InstancePorts(Grpc: first + 1, Http: first)
        : new InstancePorts(Grpc: FirstOf(instance) + 1, Http: FirstOf(instance));

    /// <summary>Of the sidecar beside an instance.</summary>
    public InstancePorts SidecarOf(Instance instance) => new(Grpc: FirstOf(instance) + 3, Http: FirstOf(instance) + 2);

    private int FirstOf(Instance instance) => first + FirstOfInstances + (ForEach * topology.Instances.ToList().IndexOf(instance));
}
