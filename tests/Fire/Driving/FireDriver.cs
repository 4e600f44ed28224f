using System.Globalization;

namespace FundingFlows.Fire;

/// <summary>Carries out a plan on running processes and the ways between them, and makes everything whole again.</summary>
internal sealed class FireDriver(Topology topology, ServiceFleet fleet, FireLinks links, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan SlowBy = TimeSpan.FromMilliseconds(150);
    private readonly Dictionary<string, PausedProcess> paused = [];
    private readonly HashSet<string> down = [];
    private readonly HashSet<(string From, string To)> hurt = [];
    private readonly List<string> done = [];
    private readonly Dictionary<Harm, int> counts = [];

    /// <summary>What was done, in order, with the seconds from the beginning.</summary>
    public IReadOnlyList<string> Done => done;

    public int Kills => counts.GetValueOrDefault(Harm.Kill);

    public int Pauses => counts.GetValueOrDefault(Harm.Pause);

    /// <summary>Ways that were cut, silenced or slowed.</summary>
    public int Cuts => counts.GetValueOrDefault(Harm.Cut) + counts.GetValueOrDefault(Harm.Silence) + counts.GetValueOrDefault(Harm.Slow);

    /// <summary>Carries out the plan, each blow and its end in its turn. What is hit already is not hit again.</summary>
    public async Task RunAsync(IReadOnlyList<Blow> plan, TimeSpan length, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var ends = new PriorityQueue<Blow, TimeSpan>();
        var next = 0;
        while (true)
        {
            var isEnd = ends.TryPeek(out var ending, out var endsAt) && (next == plan.Count || endsAt <= plan[next].At);
            var at = isEnd ? endsAt : next < plan.Count ? plan[next].At : length;
            at = at < length ? at : length;
            if (at - time.GetElapsedTime(started) is { Ticks: > 0 } left)
                await Task.Delay(left, time, cancellation);
            fleet.CheckRunning();
            if (at == length)
                return;
            if (isEnd)
                await EndAsync(ends.Dequeue());
            else if (await BeginAsync(plan[next++], started, cancellation))
                ends.Enqueue(plan[next - 1], plan[next - 1].At + plan[next - 1].Lasts);
        }
    }

    /// <summary>Lets everything go on, heals every way, and starts what is down.</summary>
    public async Task HealAsync()
    {
        links.HealAll();
        hurt.Clear();
        foreach (var name in paused.Keys.ToList())
            await ResumeAsync(name);
        foreach (var name in down)
            fleet.StartKilled(Instance(name));
        down.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in paused.Keys.ToList())
            await ResumeAsync(name);
    }

    /// <summary>False: it is hit already.</summary>
    private async Task<bool> BeginAsync(Blow blow, long started, CancellationToken cancellation)
    {
        if (blow.IsOnWay ? !hurt.Add((blow.Instance, blow.To)) : down.Contains(blow.Instance) || (blow.Harm == Harm.Pause && paused.ContainsKey(blow.Instance)))
            return false;
        counts[blow.Harm] = counts.GetValueOrDefault(blow.Harm) + 1;
        done.Add(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(started).TotalSeconds,7:0.0} s: {blow}"));
        switch (blow.Harm)
        {
            case Harm.Kill:
                down.Add(blow.Instance);
                await fleet.KillAsync(Instance(blow.Instance));
                await ResumeAsync(blow.Instance);
                break;
            case Harm.Pause:
                paused.Add(blow.Instance, await PausedProcess.PauseAsync(fleet.IdOf(Instance(blow.Instance)), cancellation));
                break;
            case Harm.Cut:
                links.Each(blow.Instance, blow.To, link => link.Cut());
                break;
            case Harm.Silence:
                links.Each(blow.Instance, blow.To, link => link.Silence(blow.Ways));
                break;
            default:
                links.Each(blow.Instance, blow.To, link => link.Slow(SlowBy));
                break;
        }
        return true;
    }

    private async Task EndAsync(Blow blow)
    {
        if (blow.Harm == Harm.Kill)
        {
            down.Remove(blow.Instance);
            fleet.StartKilled(Instance(blow.Instance));
        }
        else if (blow.Harm == Harm.Pause)
            await ResumeAsync(blow.Instance);
        else
        {
            hurt.Remove((blow.Instance, blow.To));
            links.Each(blow.Instance, blow.To, link => link.Heal());
        }
    }

    private async Task ResumeAsync(string name)
    {
        if (paused.Remove(name, out var one))
            await one.DisposeAsync();
    }

    private Instance Instance(string name) => topology.Instances.Single(instance => instance.Name == name);
}
