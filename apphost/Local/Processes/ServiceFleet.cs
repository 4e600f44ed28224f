using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>All instances of a topology as processes. Whatever happens, none outlives the fleet.</summary>
/// <param name="restart">Whether an instance that ends by itself is started again. Otherwise it is an error.</param>
/// <param name="isFrugal">Whether a small memory counts for more than speed. Otherwise services run as they would anywhere.</param>
/// <param name="reach">On which ports an instance reaches each of them. Null: on those on which they listen.</param>
public sealed class ServiceFleet(
    Topology topology, FederationSetup federation, PortPlan ports, Uri issuer, TimeProvider time, bool restart = false,
    Func<Instance, IReadOnlyDictionary<string, InstancePorts>>? reach = null, bool isFrugal = true) : IAsyncDisposable
{
    /// <summary>An instance that ends so often in a row, each time within a short life, will not do better.</summary>
    private const int MostShortLives = 5;
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(10);

    /// <summary>Far longer than it takes: a machine that is busy with something else is not a fault.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, ServiceProcess> running = [];
    private readonly List<string> startedAgain = [];
    private readonly List<Task> keepers = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource<LocalException> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly HashSet<string> killed = [];

    /// <summary>The ids of the processes that run, and of this one.</summary>
    public IEnumerable<int> ProcessIds => All.Where(process => !process.HasEnded).Select(process => process.Id).Append(Environment.ProcessId);

    /// <summary>The names of instances that ended by themselves and were started again, once for each time.</summary>
    public IReadOnlyList<string> StartedAgain
    {
        get
        {
            lock (gate)
                return [.. startedAgain];
        }
    }

    private IReadOnlyList<ServiceProcess> All
    {
        get
        {
            lock (gate)
                return [.. running.Values];
        }
    }

    /// <summary>Starts every instance, waits until all are healthy, and answers with how long each took.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> StartAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        foreach (var instance in topology.Instances)
        {
            Start(instance);
            keepers.Add(KeepAsync(instance));
        }
        var taken = await Task.WhenAll(topology.Instances.Select(async instance =>
        {
            await WaitUntilHealthyAsync(instance, cancellation);
            return (instance.Name, clock.Elapsed);
        }));
        return taken.ToDictionary(one => one.Name, one => one.Elapsed);
    }

    /// <summary>Ends an instance at once, without warning, and leaves it so.</summary>
    public async Task KillAsync(Instance instance)
    {
        ServiceProcess process;
        lock (gate)
        {
            killed.Add(instance.Name);
            process = running[instance.Name];
            process.Kill();
        }
        await process.Ended;
    }

    /// <summary>Starts a killed instance again, on its journals and ports, and waits until it is healthy.</summary>
    public async Task RestartAsync(Instance instance, CancellationToken cancellation)
    {
        StartKilled(instance);
        await WaitUntilHealthyAsync(instance, cancellation);
    }

    /// <summary>The same without waiting.</summary>
    public void StartKilled(Instance instance)
    {
        lock (gate)
        {
            Start(instance);
            killed.Remove(instance.Name);
        }
    }

    /// <summary>The id of an instance's process.</summary>
    public int IdOf(Instance instance)
    {
        lock (gate)
            return running[instance.Name].Id;
    }

    /// <summary>Throws <see cref="LocalException"/> when an instance has ended by itself and is not started again.</summary>
    public void CheckRunning()
    {
        if (failed.Task.IsCompleted)
            throw failed.Task.Result;
    }

    /// <summary>Returns never; throws when an instance ends by itself and is not started again.</summary>
    public async Task WatchAsync(CancellationToken cancellation) => throw await failed.Task.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        client.Dispose();
        var processes = All;
        foreach (var process in processes)
            process.AskToEnd();
        var all = Task.WhenAll(processes.Select(process => process.Ended));
        await all.WaitAsync(LongestEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in processes)
        {
            process.Kill();
            process.Dispose();
        }
        await Task.WhenAll(keepers);
        ending.Dispose();
    }

    /// <summary>
    /// Sees to it that an instance runs: one that ends by itself is started again, if that is wanted and helps. One that was killed here is
    /// left to who killed it.
    /// </summary>
    private async Task KeepAsync(Instance instance)
    {
        for (var shortLives = 0; ;)
        {
            ServiceProcess process;
            lock (gate)
                process = running[instance.Name];
            var life = Stopwatch.StartNew();
            await process.Ended;
            await WhileKilledAsync(instance);
            lock (gate)
            {
                if (ending.IsCancellationRequested)
                    return;
                if (running[instance.Name] != process)
                    continue;
                shortLives = life.Elapsed < ShortLife ? shortLives + 1 : 1;
                if (!restart || shortLives > MostShortLives)
                {
                    failed.TrySetResult(Died(instance.Name, process));
                    return;
                }
                startedAgain.Add(instance.Name);
                StartAgain(instance);
            }
        }
    }

    private void StartAgain(Instance instance)
    {
        try
        {
            Start(instance);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failed.TrySetResult(new LocalException($"{instance.Name} ended by itself and cannot be started again: {problem.Message}"));
        }
    }

    private async Task WhileKilledAsync(Instance instance)
    {
        while (!ending.IsCancellationRequested && IsKilled(instance))
            await Task.Delay(Pause, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool IsKilled(Instance instance)
    {
        lock (gate)
            return killed.Contains(instance.Name);
    }

    private void Start(Instance instance)
    {
        Directory.CreateDirectory(Path.Combine(federation.Data, "logs"));
        var settings = InstanceSettings.Of(topology, federation, instance);
        foreach (var (name, value) in InstanceSettings.Addresses(reach?.Invoke(instance) ?? ports.Instances)
            .Concat(InstanceSettings.Ports(ports.Instances[instance.Name]))
            .Concat(InstanceSettings.DevelopmentSignIn(issuer.ToString().TrimEnd('/')))
            .Append(InstanceSettings.SampleNotice))
            settings[name] = value;
        settings["FundingFlows:StopWithStandardInput"] = "true";
        var file = InstanceSettings.Write(settings, federation, instance);
        lock (gate)
        {
            if (running.Remove(instance.Name, out var before))
                before.Dispose();
            running.Add(instance.Name, ServiceProcess.Start(instance.Service, file, LogOf(instance.Name), isFrugal));
        }
    }

    private async Task WaitUntilHealthyAsync(Instance instance, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsHealthyAsync(instance, cancellation))
        {
            CheckRunning();
            if (clock.Elapsed > LongestStart)
                throw new LocalException($"{instance.Name} was not healthy after {LongestStart.TotalMinutes:0} minutes; its log is {LogOf(instance.Name)}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Whether an instance says, now, that it serves.</summary>
    public async Task<bool> IsHealthyAsync(Instance instance, CancellationToken cancellation)
    {
        try
        {
            var path = instance.Service == ServiceKind.Gateway ? "health/live" : "health/ready";
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{ports.Instances[instance.Name].Http}/{path}"), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private LocalException Died(string name, ServiceProcess process)
    {
        var said = File.Exists(LogOf(name)) ? LastWords(LogOf(name)) : "";
        return new LocalException($"{name} ended by itself (exit code {process.ExitCode}){said} Its log is {LogOf(name)}.");
    }

    private static string LastWords(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var line = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => line.Contains("Exception", StringComparison.Ordinal) && !line.StartsWith("at ", StringComparison.Ordinal));
        return line is null ? "." : $": {line}";
    }

    private string LogOf(string name) => Path.Combine(federation.Data, "logs", name + ".log");
}
