using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>All instances of a topology as processes. Whatever happens, none outlives the fleet.</summary>
public sealed class ServiceFleet(Topology topology, FederationSetup federation, PortPlan ports, Uri issuer, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, ServiceProcess> running = [];
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private string? expectedToEnd;

    /// <summary>The ids of the processes that run, and of this one.</summary>
    public IEnumerable<int> ProcessIds => running.Values.Where(process => !process.HasEnded).Select(process => process.Id).Append(Environment.ProcessId);

    /// <summary>Starts every instance, waits until all are healthy, and answers with how long each took.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> StartAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        foreach (var instance in topology.Instances)
            Start(instance);
        var taken = await Task.WhenAll(topology.Instances.Select(async instance =>
        {
            await WaitUntilHealthyAsync(instance, cancellation);
            return (instance.Name, clock.Elapsed);
        }));
        return taken.ToDictionary(one => one.Name, one => one.Elapsed);
    }

    /// <summary>Ends an instance at once, without warning.</summary>
    public async Task KillAsync(Instance instance)
    {
        expectedToEnd = instance.Name;
        running[instance.Name].Kill();
        await running[instance.Name].Ended;
    }

    /// <summary>Starts a killed instance again, on its journals and ports.</summary>
    public async Task RestartAsync(Instance instance, CancellationToken cancellation)
    {
        running[instance.Name].Dispose();
        Start(instance);
        await WaitUntilHealthyAsync(instance, cancellation);
        expectedToEnd = null;
    }

    /// <summary>Throws <see cref="LocalException"/> when an instance has ended by itself.</summary>
    public void CheckRunning()
    {
        foreach (var (name, process) in running)
            if (process.HasEnded && name != expectedToEnd)
                throw Died(name, process);
    }

    /// <summary>Returns never; throws when an instance ends by itself.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(running.Values.Select(process => process.Ended)).WaitAsync(cancellation);
        CheckRunning();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        foreach (var process in running.Values)
            process.AskToEnd();
        var all = Task.WhenAll(running.Values.Select(process => process.Ended));
        await all.WaitAsync(LongestEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in running.Values)
        {
            process.Kill();
            process.Dispose();
        }
    }

    private void Start(Instance instance)
    {
        Directory.CreateDirectory(Path.Combine(federation.Data, "logs"));
        var settings = InstanceSettings.Of(topology, federation, instance);
        foreach (var (name, value) in InstanceSettings.Addresses(ports.Instances)
            .Concat(InstanceSettings.Ports(ports.Instances[instance.Name]))
            .Concat(InstanceSettings.DevelopmentSignIn(issuer.ToString().TrimEnd('/')))
            .Append(InstanceSettings.SampleNotice))
            settings[name] = value;
        settings["FundingFlows:StopWithStandardInput"] = "true";
        running[instance.Name] = ServiceProcess.Start(instance.Service, InstanceSettings.Write(settings, federation, instance), LogOf(instance.Name));
    }

    private async Task WaitUntilHealthyAsync(Instance instance, CancellationToken cancellation)
    {
        var path = instance.Service == ServiceKind.Gateway ? "health/live" : "health/ready";
        var address = new Uri($"http://127.0.0.1:{ports.Instances[instance.Name].Http}/{path}");
        var clock = Stopwatch.StartNew();
        while (!await IsHealthyAsync(address, cancellation))
        {
            if (running[instance.Name].HasEnded)
                throw Died(instance.Name, running[instance.Name]);
            if (clock.Elapsed > LongestStart)
                throw new LocalException($"{instance.Name} was not healthy after {LongestStart.TotalSeconds:0} s; its log is {LogOf(instance.Name)}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(address, cancellation);
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
