using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>One run of the local host: starts everything, plays the sample year or pays the awards of a table, shows what came of it, and ends everything.</summary>
public sealed class LocalRun(LocalOptions options, TimeProvider time, TextWriter screen, TextWriter errors)
{
    public Task<int> RunAsync(CancellationToken cancellation) => Failures.ShownAsync(() => StartAsync(cancellation), errors, cancellation);

    private async Task<int> StartAsync(CancellationToken cancellation)
    {
        var topology = TopologyReader.Read(options.TopologyPath);
        var awards = options.AwardsPath is { } path ? AwardsTable.Read(path, topology) : PublishedAwards.Read(topology);
        RunFigures.Begin(options.Json);
        using var data = DataFolder.Open(options.Data);
        var federation = FederationSetup.Open(data.Path, topology, time);
        var ports = PortPlan.Make(topology, options.Port);
        await using var issuer = await DevelopmentIssuer.StartAsync(ports.Issuer, topology, time, cancellation);
        await using var fleet = new ServiceFleet(topology, federation, ports, issuer.Address, time, options.Restart);
        return await PlayAsync(topology, awards, federation, ports, issuer, fleet, cancellation);
    }

    private async Task<int> PlayAsync(
        Topology topology, IReadOnlyList<PublishedAward> awards, FederationSetup federation, PortPlan ports, DevelopmentIssuer issuer,
        ServiceFleet fleet, CancellationToken cancellation)
    {
        var show = new Screen(screen);
        show.Introduction(attributed: options.AwardsPath is not null);
        var started = Stopwatch.StartNew();
        var healthy = await fleet.StartAsync(cancellation);
        var startup = started.Elapsed;
        show.Health(topology, ports, healthy);

        var page = new Uri($"http://127.0.0.1:{ports.Gateway.Http}");
        using var office = new Office(
            new Uri($"http://127.0.0.1:{ports.Gateway.Grpc}"), page, (body, role, _) => Task.FromResult(issuer.Token(body, role)), federation, time, fleet);
        var year = Stopwatch.StartNew();
        var story = options.AwardsPath is null
            ? await new SampleYear(topology, awards, office, fleet).PlayAsync(cancellation)
            : await new CountryYear(topology, awards, office, fleet).PlayAsync(cancellation);
        var played = year.Elapsed;

        var findings = await new Findings(topology, office, fleet).GatherAsync(story, cancellation);
        var verified = await new StrangersCheck(federation, page, fleet, time).RunAsync(findings.Bodies, story.PaymentToFollow, cancellation);
        // Before the last words on the screen, which say that all is there.
        if (options.Json is { } json)
            await RunFigures.Of(findings, verified, startup, played).WriteAsync(json, cancellation);
        show.Findings(findings, startup, played, page);
        show.Verified(verified, story.PaymentToFollow);
        var code = findings.Reconciled && verified.Holds ? LocalCommand.Reconciled : LocalCommand.NotReconciled;
        if (options.Once)
            return code;
        show.StaysUp(page);
        return await StayAsync(fleet, cancellation);
    }

    /// <summary>Stays up until Ctrl-C. A service that ends by itself ends the run.</summary>
    private static async Task<int> StayAsync(ServiceFleet fleet, CancellationToken cancellation)
    {
        try
        {
            await fleet.WatchAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C: the usual end.
        }
        return LocalCommand.Reconciled;
    }
}
