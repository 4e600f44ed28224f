namespace FundingFlows.Fire;

/// <summary>The journals of one instance, copied at their beginning and put back after the load, as from an old backup.</summary>
internal sealed class OldCopy(Instance instance, FederationSetup federation, ServiceFleet fleet)
{
    private const string Journals = "journals.db*";
    private readonly string folder = Path.Combine(federation.Data, instance.Name);
    private readonly string aside = Path.Combine(federation.Data, "old-copy");

    /// <summary>Of an instance of councils; where there is none, of the last that hosts bodies.</summary>
    public static OldCopy Of(Topology topology, FederationSetup federation, ServiceFleet fleet) => new(
        topology.Instances.FirstOrDefault(one => one.Service == ServiceKind.Council) ?? topology.Instances.Last(one => topology.HostedBy(one).Any()), federation, fleet);

    public async Task TakeAsync(CancellationToken cancellation)
    {
        await fleet.KillAsync(instance);
        Directory.CreateDirectory(aside);
        foreach (var file in Directory.EnumerateFiles(folder, Journals))
            File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
        await fleet.RestartAsync(instance, cancellation);
    }

    /// <summary>Ends the instance, and starts it again on what it had then.</summary>
    public async Task PutBackAsync(CancellationToken cancellation)
    {
        await fleet.KillAsync(instance);
        foreach (var file in Directory.EnumerateFiles(folder, Journals))
            File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(aside))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await fleet.RestartAsync(instance, cancellation);
    }

    /// <summary>What the instance says of what it had lost, in words.</summary>
    public string Recovered()
    {
        using var log = new StreamReader(new FileStream(Path.Combine(federation.Data, "logs", instance.Name + ".log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var said = log.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains("had lost entries", StringComparison.Ordinal)).ToList();
        return said.Count == 0 ? $"{instance.Name} started from an old copy, and says of no entries that it took them back." : $"{instance.Name} started from an old copy: {string.Join(" ", said)}";
    }
}
