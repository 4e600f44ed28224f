using System.Collections.Concurrent;
using FundingFlows.Topologies;

namespace FundingFlows.Support;

/// <summary>The sidecars of a topology that the double stands for: each is a port of its own, and a loop that asks its app what it subscribes to until it is up.</summary>
public sealed class DoubleSidecars : ISidecars
{
    private const string PubSub = "pubsub";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Dictionary<string, CutLink> links = [];
    private readonly ConcurrentDictionary<string, Uri> addresses = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> lives = new();
    private readonly ConcurrentBag<Task> asking = [];

    private DoubleSidecars(DaprDouble dapr) => Dapr = dapr;

    /// <summary>The double, with its faults.</summary>
    public DaprDouble Dapr { get; }

    public static async Task<DoubleSidecars> MakeAsync(Topology topology)
    {
        var self = new DoubleSidecars(await DaprDouble.StartAsync(component: new ComponentText(SidecarFiles.PubSubOf(topology, SidecarFiles.UsualRedis))));
        foreach (var instance in topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway))
        {
            var link = CutLink.To(await self.Dapr.ListenAsync(instance.Name), TimeProvider.System);
            link.Cut();
            self.links.Add(instance.Name, link);
        }
        return self;
    }

    public int PortOf(string app) => links[app].Port;

    public void Beside(string app, Uri address)
    {
        addresses[app] = address;
        if (lives.TryGetValue(app, out var life))
            asking.Add(AskAsync(app, address, life.Token));
    }

    public Task StartAsync(string app)
    {
        var life = lives[app] = new CancellationTokenSource();
        links[app].Heal();
        if (addresses.TryGetValue(app, out var address))
            asking.Add(AskAsync(app, address, life.Token));
        return Task.CompletedTask;
    }

    public Task KillAsync(string app)
    {
        links[app].Cut();
        lives.Remove(app, out var life);
        life!.Cancel();
        Dapr.Broker.Detach(app);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<byte[]>> GivenAsync(string topic) => Task.FromResult(Dapr.Broker.Given(PubSub, topic));

    public Task PutAsync(string topic, byte[] anything)
    {
        Dapr.Broker.Put(PubSub, topic, anything);
        return Task.CompletedTask;
    }

    public Task EmptyAsync()
    {
        Dapr.Broker.Empty();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var life in lives.Values)
            await life.CancelAsync();
        await Task.WhenAll(asking);
        foreach (var link in links.Values)
            await link.DisposeAsync();
        await Dapr.DisposeAsync();
    }

    private async Task AskAsync(string app, Uri address, CancellationToken life)
    {
        while (!life.IsCancellationRequested)
            try
            {
                var subscriptions = await SubscriptionDouble.AskAsync(address, life);
                if (!life.IsCancellationRequested)
                    Dapr.Broker.Attach(app, address, subscriptions);
                return;
            }
            catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
            {
                // Its app is not up yet.
                await Task.Delay(Pause, TimeProvider.System, life).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }
}
