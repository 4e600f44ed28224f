using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FundingFlows.Simulation;

/// <summary>One life of an instance, from a start to a crash: the production services, put together as their own hosting does.</summary>
internal sealed class Life
{
    private static readonly MethodInfo Execute = typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly ServiceProvider services;
    private readonly VirtualStore store;
    private readonly VirtualLifetime lifetime = new();

    public Life(Place place)
    {
        (Place, Began) = (place, place.Town.Scheduler.Now);
        Time = new SkewedTime(place.Town.Scheduler, () => place.Skew, () => IsAlive);
        store = place.Town.Bugs.Store(this, place.Disk);
        services = Composition.Of(this, store, lifetime);
        Calls = Composition.CallsOf(this, services);
    }

    public Place Place { get; }

    public Town Town => Place.Town;

    public SkewedTime Time { get; }

    /// <summary>When it began.</summary>
    public long Began { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it can be called: it has started.</summary>
    public bool IsListening { get; private set; }

    /// <summary>What can be called.</summary>
    public ServiceTable Calls { get; }

    /// <summary>Appends that are not durable yet.</summary>
    public List<Written> OnItsWay { get; } = [];

    /// <summary>Told when it ends.</summary>
    public event Action? Ended;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The bodies that it hosts, as far as they are open.</summary>
    public IHostedBodies Bodies => Get<IHostedBodies>();

    /// <summary>What never comes, because who should bring it has ended.</summary>
    public static Task NeverAsync() => new TaskCompletionSource().Task;

    public void Start() => Town.Scheduler.Begin(async () =>
    {
        try
        {
            await StartAsync();
        }
        catch (Exception problem) when (IsAlive)
        {
            Town.Oracle.Breach(Check.NothingUnforeseen, $"{Place.Name} does not start: {problem}");
        }
    });

    public void Crash(Func<bool> survives)
    {
        IsAlive = IsListening = false;
        foreach (var written in OnItsWay.ToList())
            store.Settle(written, survives());
        OnItsWay.Clear();
        Ended?.Invoke();
    }

    private async Task StartAsync()
    {
        var hosted = services.GetServices<IHostedService>().ToList();
        foreach (var one in hosted.OfType<IHostedLifecycleService>())
            await one.StartingAsync(CancellationToken.None);
        foreach (var one in hosted)
            if (one is BackgroundService background)
                _ = Background.RunAsync(() => RunAsync(background));
            else
                await one.StartAsync(CancellationToken.None);
        IsListening = IsAlive;
    }

    /// <summary>As its base class would, but for the thread pool.</summary>
    private async Task RunAsync(BackgroundService background)
    {
        try
        {
            await (Task)Execute.Invoke(background, [lifetime.ApplicationStopping])!;
        }
        catch (Exception problem) when (IsAlive)
        {
            // The host of a process would end it.
            Town.Oracle.Breach(Check.NothingUnforeseen, $"{background.GetType().Name} of {Place.Name} came to an end: {problem}");
        }
    }
}

/// <summary>A process that ends only by crashing.</summary>
internal sealed class VirtualLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication()
    {
    }
}
