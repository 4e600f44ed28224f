namespace FundingFlows.Fire;

/// <summary>Every way from one instance to another as links that can be cut: for each pair one for gRPC and one for HTTP, which share their fate.</summary>
internal sealed class FireLinks : IAsyncDisposable
{
    private readonly Dictionary<(string From, string To), (CutLink Grpc, CutLink Http)> links;
    private readonly PortPlan ports;

    private FireLinks(Dictionary<(string From, string To), (CutLink Grpc, CutLink Http)> links, PortPlan ports)
    {
        this.links = links;
        this.ports = ports;
    }

    public static FireLinks Between(Topology topology, PortPlan ports, TimeProvider time)
    {
        // Nobody calls the gateway but who stands outside.
        var called = topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway).ToList();
        return new FireLinks(
            topology.Instances.SelectMany(from => called.Where(to => to != from).Select(to => (from, to))).ToDictionary(
                pair => (pair.from.Name, pair.to.Name),
                pair => (CutLink.To(ports.Instances[pair.to.Name].Grpc, time), CutLink.To(ports.Instances[pair.to.Name].Http, time))),
            ports);
    }

    /// <summary>On which ports an instance reaches each of them: itself without a link.</summary>
    public IReadOnlyDictionary<string, InstancePorts> From(Instance instance) => ports.Instances.ToDictionary(
        one => one.Key,
        one => links.TryGetValue((instance.Name, one.Key), out var link) ? new InstancePorts(link.Grpc.Port, link.Http.Port) : one.Value);

    /// <summary>Does the same to both links of a pair.</summary>
    public void Each(string from, string to, Action<CutLink> act)
    {
        var (grpc, http) = links[(from, to)];
        act(grpc);
        act(http);
    }

    public void HealAll()
    {
        foreach (var (from, to) in links.Keys)
            Each(from, to, link => link.Heal());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (grpc, http) in links.Values)
        {
            await grpc.DisposeAsync();
            await http.DisposeAsync();
        }
    }
}
