using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace FundingFlows.Support;

/// <summary>
/// What lies behind the sidecars: keeps what it is given, has each app that subscribes hear all of it from the beginning, tries as often as the components
/// say, and puts what nobody takes with the dead letters. Who is not there is waited for.
/// </summary>
/// <param name="component">Who may do what. Null: anybody anything.</param>
public sealed class BrokerDouble(ComponentText? component) : IAsyncDisposable
{
    /// <summary>As <c>resiliency.yaml</c> has it: once, and ten times again.</summary>
    private const int Attempts = 11;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Lock gate = new();
    private readonly HttpClient client = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<(string PubSub, string Topic), List<byte[]>> given = [];
    private readonly Dictionary<(string PubSub, string Topic, string App), SubscriptionDouble> groups = [];
    private readonly ConcurrentDictionary<string, (Uri Address, CancellationTokenSource Life)> apps = new();
    private readonly ConcurrentQueue<(string Route, HttpStatusCode Status, EventVerdict Verdict)> answers = new();
    private readonly ConcurrentBag<Task> underWay = [];
    private int emptied;

    public IReadOnlyCollection<(string Route, HttpStatusCode Status, EventVerdict Verdict)> Answers => answers;

    public bool MayPublish(string app, string topic) => component?.MayPublish(app, topic) ?? true;

    /// <summary>An app has a sidecar that is up, and is at that address.</summary>
    public void Attach(string app, Uri address, IEnumerable<SubscriptionDouble> subscriptions)
    {
        apps.AddOrUpdate(app, _ => (address, new CancellationTokenSource()), (_, before) => (address, before.Life.IsCancellationRequested ? new CancellationTokenSource() : before.Life));
        lock (gate)
            foreach (var one in subscriptions.Where(one => component?.MaySubscribe(app, one.Topic) ?? true))
            {
                var isNew = !groups.ContainsKey((one.PubSub, one.Topic, app));
                groups[(one.PubSub, one.Topic, app)] = one;
                if (isNew)
                    foreach (var message in given.GetValueOrDefault((one.PubSub, one.Topic)) ?? [])
                        Begin(() => DeliverAsync(one.PubSub, one.Topic, app, message));
            }
    }

    /// <summary>The sidecar of an app has died: nothing is posted until it is back, and what is being posted breaks off.</summary>
    public void Detach(string app)
    {
        if (apps.TryGetValue(app, out var one))
            one.Life.Cancel();
    }

    /// <summary>All that it was given for a topic and has not forgotten.</summary>
    public IReadOnlyList<byte[]> Given(string pubSub, string topic)
    {
        lock (gate)
            return [.. given.GetValueOrDefault((pubSub, topic)) ?? []];
    }

    /// <param name="times">How often it is delivered, all at once. 0: it is lost.</param>
    /// <param name="delay">Waited for before it is delivered. Null: nothing.</param>
    public void Put(string pubSub, string topic, byte[] message, int times = 1, Func<Task>? delay = null)
    {
        if (times == 0)
            return;
        lock (gate)
        {
            if (!given.TryGetValue((pubSub, topic), out var all))
                given.Add((pubSub, topic), all = []);
            all.Add(message);
            foreach (var group in groups.Keys.Where(group => (group.PubSub, group.Topic) == (pubSub, topic)))
                for (var i = 0; i < times; i++)
                    Begin(async () =>
                    {
                        if (delay is not null)
                            await delay().WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        await DeliverAsync(pubSub, topic, group.App, message);
                    });
        }
    }

    /// <summary>Forgets all. Who subscribes stays, and hears what comes from now on.</summary>
    public void Empty()
    {
        Interlocked.Increment(ref emptied);
        lock (gate)
            given.Clear();
    }

    /// <summary>Hands a message to all who subscribe, without keeping it, and returns when each has taken or dropped it.</summary>
    public async Task DeliverAsync(string pubSub, string topic, byte[] message)
    {
        List<string> all;
        lock (gate)
            all = [.. groups.Keys.Where(group => (group.PubSub, group.Topic) == (pubSub, topic)).Select(group => group.App)];
        await Task.WhenAll(all.Select(app => DeliverAsync(pubSub, topic, app, message)));
    }

    /// <summary>Posts a message once. Null: there was nobody, or he broke off.</summary>
    public async Task<EventVerdict?> PostAsync(string pubSub, string topic, string app, byte[] message)
    {
        var (address, life) = apps[app];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, life.Token);
        using var content = new ByteArrayContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        try
        {
            var route = new Uri(address, SubscriptionOf(pubSub, topic, app).Route);
            using var answer = await client.PostAsync(route, content, either.Token);
            var verdict = EventVerdicts.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(either.Token));
            answers.Enqueue((route.AbsolutePath, answer.StatusCode, verdict));
            return verdict;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(underWay);
        foreach (var (_, life) in apps.Values)
            life.Dispose();
        client.Dispose();
        stopping.Dispose();
    }

    private SubscriptionDouble SubscriptionOf(string pubSub, string topic, string app)
    {
        lock (gate)
            return groups[(pubSub, topic, app)];
    }

    private void Begin(Func<Task> delivery) => underWay.Add(Task.Run(delivery));

    private async Task DeliverAsync(string pubSub, string topic, string app, byte[] message)
    {
        var (subscription, before, attempts) = (SubscriptionOf(pubSub, topic, app), Volatile.Read(ref emptied), 0);
        var posted = subscription.Posted(message);
        var verdict = posted is null ? EventVerdict.Drop : (EventVerdict?)null;
        while (verdict is null or EventVerdict.Retry)
        {
            verdict = await PostAsync(pubSub, topic, app, posted!);
            if (verdict == EventVerdict.Retry && ++attempts == Attempts)
                verdict = EventVerdict.Drop;
            if (verdict is null or EventVerdict.Retry)
                await Task.Delay(Pause, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested || Volatile.Read(ref emptied) != before)
                return;
        }
        if (verdict == EventVerdict.Drop && subscription.DeadLetters is { } deadLetters && MayPublish(app, deadLetters))
            Put(pubSub, deadLetters, message);
    }
}
