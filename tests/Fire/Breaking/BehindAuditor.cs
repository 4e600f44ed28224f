namespace FundingFlows.Fire;

/// <summary>An auditor that is cut off from all bodies, and a command that it cannot hear of.</summary>
internal sealed class BehindAuditor(Topology topology, FireLinks links, Deeds deeds, Desk desk)
{
    private const long Pence = 1_00;

    public Task LeaveAsync(CancellationToken cancellation)
    {
        foreach (var instance in topology.Instances.Where(one => one.Service is not (ServiceKind.Audit or ServiceKind.Gateway)))
        {
            links.Each(topology.Audit.Name, instance.Name, link => link.Cut());
            links.Each(instance.Name, topology.Audit.Name, link => link.Cut());
        }
        return desk.DoAsync(deeds.Issue(topology.Root.Id, Pence), cancellation);
    }
}
