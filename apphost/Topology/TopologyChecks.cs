namespace FundingFlows.Topologies;

/// <summary>Checks that the parts of a topology fit together.</summary>
internal static class TopologyChecks
{
    public static void Check(
        List<(Instance Instance, int Line)> instances, List<(TopologyBody Body, int Line)> bodies, List<(int Line, string Fault)> faults)
    {
        Once(instances, one => one.Instance.Name, one => one.Line, "the instance", faults);
        Once(bodies, one => one.Body.Id, one => one.Line, "the body", faults);
        Once(
            [.. bodies.SelectMany(one => one.Body.Organisations.Select(organisation => (Organisation: organisation.ToUpperInvariant(), one.Line)))],
            one => one.Organisation, one => one.Line, "the organisation", faults);
        foreach (var service in (ReadOnlySpan<ServiceKind>)[ServiceKind.Audit, ServiceKind.Gateway])
            if (instances.Count(one => one.Instance.Service == service) != 1)
                faults.Add((instances[0].Line, $"there must be one instance of {service}."));
        if (faults.Count > 0)
            return;
        var byId = bodies.ToDictionary(one => one.Body.Id, one => one.Body);
        foreach (var (body, line) in bodies)
            CheckBody(body, line, byId, faults);
        var roots = bodies.Where(one => one.Body.RegisteredBy == one.Body.Id).ToList();
        if (roots is [{ Body: { FundedBy.Count: > 0 } root } only])
            faults.Add((only.Line, $"{root.Id} is the root of the federation, where money enters; it cannot be funded by {root.FundedBy[0]}."));
        if (roots.Count != 1)
            faults.Add((roots.Count > 1 ? roots[1].Line : bodies[0].Line, $"one body is registered by nobody else, the root of the federation; here {roots.Count} are."));
    }

    private static void CheckBody(TopologyBody body, int line, Dictionary<string, TopologyBody> byId, List<(int Line, string Fault)> faults)
    {
        if (!byId.TryGetValue(body.RegisteredBy, out var registrar))
            faults.Add((line, $"{body.Id} is registered by {body.RegisteredBy}, which is not among the bodies."));
        else if (registrar.Id != body.Id && registrar.Tier >= body.Tier)
            faults.Add((line, $"{body.Id} is registered by {body.RegisteredBy}, which is not of a tier above it."));
        foreach (var funder in body.FundedBy)
            if (funder == body.Id)
                faults.Add((line, $"{body.Id} cannot fund itself."));
            else if (!byId.ContainsKey(funder))
                faults.Add((line, $"{body.Id} is funded by {funder}, which is not among the bodies."));
        foreach (var successor in body.SucceededBy)
            if (successor == body.Id)
                faults.Add((line, $"{body.Id} cannot take over from itself."));
            else if (byId.GetValueOrDefault(successor)?.Tier != body.Tier)
                faults.Add((line, $"{body.Id} is succeeded by {successor}, which is not a body of its tier."));
        if (body.FundedBy.Distinct().Count() < body.FundedBy.Count)
            faults.Add((line, $"{body.Id} is funded by the same body twice."));
    }

    private static void Once<T>(List<T> all, Func<T, string> name, Func<T, int> line, string what, List<(int Line, string Fault)> faults)
    {
        foreach (var twice in all.GroupBy(name).Where(same => same.Count() > 1))
            faults.Add((line(twice.Last()), $"{what} {twice.Key} stands twice."));
    }
}
