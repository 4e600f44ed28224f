namespace FundingFlows.Fire;

/// <summary>One run: starts the topology, puts it under load and fire, lets it settle, looks at it from outside, and ends everything.</summary>
internal sealed class FireRun(FireOptions options, TimeProvider time, TextWriter screen)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FireLimits limits = new(options.Length);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            throw new LocalException("A run under fire stops processes with signals, which Windows has not.");
        var topology = TopologyReader.Read(options.TopologyPath);
        if (options.Json is { } json)
            RunFigures.Begin(json);
        var data = Directory.CreateTempSubdirectory("fundingflows-fire-").FullName;
        var isOver = false;
        try
        {
            var holds = await BurnAsync(topology, data, cancellation);
            isOver = holds && !options.Keep;
            if (holds && options.Keep)
                await screen.WriteLineAsync($"Data and logs are kept in {data}.");
            return holds ? FireCommand.Holds : FireCommand.DoesNotHold;
        }
        finally
        {
            if (isOver)
                Directory.Delete(data, recursive: true);
        }
    }

    private async Task<bool> BurnAsync(Topology topology, string data, CancellationToken cancellation)
    {
        var federation = FederationSetup.Open(data, topology, time);
        var ports = PortPlan.Make(topology, 0);
        await using var issuer = await DevelopmentIssuer.StartAsync(ports.Issuer, topology, time, cancellation);
        await using var links = FireLinks.Between(topology, ports, time);
        await using var fleet = new ServiceFleet(topology, federation, ports, issuer.Address, time, restart: false, links.From);
        await using var driver = new FireDriver(topology, fleet, links, time);
        var oldCopy = options.Breaks.Contains(Breakage.OldCopy) ? OldCopy.Of(topology, federation, fleet) : null;
        using var office = new Office(
            new Uri($"http://127.0.0.1:{ports.Gateway.Grpc}"), new Uri($"http://127.0.0.1:{ports.Gateway.Http}"),
            (body, role, _) => Task.FromResult(issuer.Token(body, role)), federation, time, fleet);
        var beginning = await StartAsync(topology, fleet, oldCopy, office, cancellation);
        var deeds = new Deeds(topology, office, beginning.Projects, time);
        var desk = new Desk(new Tokens((body, role) => issuer.Token(body, role), DevelopmentIssuer.Lifetime, time), time);
        var load = new Load(topology, new Works(topology, deeds, beginning), desk, options.Seed, time);
        var settling = new SettlingDown(topology, office, fleet, time);
        await screen.WriteLineAsync($"{topology.Bodies.Count} bodies in {topology.Instances.Count} instances are under load and fire for {options.Length.TotalSeconds:0} s, with the seed {options.Seed}.");

        var findings = new List<string>();
        var settled = TimeSpan.Zero;
        var checks = new OutsideChecks(topology, federation, office, desk, settling, ports, beginning, options.Breaks);
        try
        {
            settled = await UnderFireAsync(load, desk, driver, topology, settling, oldCopy, findings, cancellation);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(limits.Checks);
            if (options.Breaks.Contains(Breakage.BehindAuditor))
                await new BehindAuditor(topology, links, deeds, desk).LeaveAsync(limit.Token);
            findings.AddRange(await checks.FindingsAsync(Memory.Of(desk.Acknowledged, options.Breaks), limit.Token));
        }
        catch (Exception problem) when (problem is LocalException or RpcException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            findings.Add($"The run could not go on: {problem.Message}");
        }
        var outcome = new FireOutcome(
            findings, desk.Acknowledged.Count, desk.Acknowledged.Count(one => one.Attempts > 1),
            desk.Refused.CountBy(one => $"{one.Deed.What} {one.Reason}{(one.Deed.IsHopeless ? ", as it must be" : "")}").OrderByDescending(one => one.Value).ToDictionary(one => one.Key, one => one.Value), settling.Journals.Sum(journal => journal.Entries.Count),
            checks.PassedOn, checks.Reversed, driver.Kills, driver.Pauses, driver.Cuts, settled);
        await ShowAsync(outcome, driver, data, cancellation);
        return findings.Count == 0;
    }

    /// <summary>Starts everything, and does what must be done before the load.</summary>
    private static async Task<Beginning> StartAsync(Topology topology, ServiceFleet fleet, OldCopy? oldCopy, Office office, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FireLimits.SettingUp);
        try
        {
            await fleet.StartAsync(limit.Token);
            if (oldCopy is not null)
                await oldCopy.TakeAsync(limit.Token);
            return await new SettingUp(topology, office).PlayAsync(limit.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new LocalException($"What must be there before the load was not there within {FireLimits.SettingUp.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>Load and fire, and what follows until nothing is left to be done. Answers with how long that took.</summary>
    private async Task<TimeSpan> UnderFireAsync(
        Load load, Desk desk, FireDriver driver, Topology topology, SettlingDown settling, OldCopy? oldCopy, List<string> findings, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var acknowledged = 0;
        var loading = load.RunAsync(stop.Token, limit.Token);
        try
        {
            var plan = options.Breaks.Contains(Breakage.IdleDriver) ? [] : FirePlan.Make(options.Seed, options.Length, topology.Instances);
            await driver.RunAsync(plan, options.Length, cancellation);
            acknowledged = desk.Acknowledged.Count;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            await driver.HealAsync();
            limit.CancelAfter(limits.Settling);
        }
        var healed = time.GetTimestamp();
        // On a machine that is very busy nothing may have come of the load yet: then there would be nothing to look at.
        while (desk.Acknowledged.Count < topology.Bodies.Count && !limit.IsCancellationRequested)
            await Task.Delay(Pause, time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync();
        // What is still without an answer at the limit is a finding of its own.
        await loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (loading.IsFaulted)
            await loading;
        var notYet = await settling.WaitAsync(limit.Token, cancellation);
        var took = time.GetElapsedTime(healed);
        if (notYet is null && oldCopy is not null)
        {
            await oldCopy.PutBackAsync(cancellation);
            notYet = await settling.WaitAsync(limit.Token, cancellation);
            await screen.WriteLineAsync(oldCopy.Recovered());
        }
        findings.AddRange(Enough.Findings(options.Length, acknowledged, driver.Kills, driver.Pauses, driver.Cuts));
        if (desk.Acknowledged.Count < topology.Bodies.Count)
            findings.Add($"Only {desk.Acknowledged.Count} commands were acknowledged: too few to say anything.");
        if (notYet is not null)
            findings.Add($"It has not settled within {limits.Settling.TotalMinutes:0} minutes: {notYet}");
        return took;
    }

    private async Task ShowAsync(FireOutcome outcome, FireDriver driver, string data, CancellationToken cancellation)
    {
        if (outcome.Findings.Count > 0)
            foreach (var line in outcome.Lines(options, driver.Done, data))
                await screen.WriteLineAsync(line);
        if (options.Json is { } json)
            await outcome.WriteAsync(json, options, cancellation);
        await screen.WriteLineAsync(outcome.Summary);
    }
}
