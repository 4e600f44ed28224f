using System.Globalization;

namespace FundingFlows.Crashing;

/// <summary>Bodies that are opened over a store, and written to by several tasks. What was acknowledged is said afterwards, a line for each.</summary>
internal sealed class Writing(Plan plan) : IAsyncDisposable
{
    private readonly Dictionary<string, Sequencer> bodies = [];
    private TaskCompletionSource raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int last = plan.Last;
    private DyingStore? store;
    private GroupCommitter? committer;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (plan.Point == DeathPoint.MakingTables)
            SystemCalls.DieAtSync();
        store = new DyingStore(plan.Open(), plan.Point, plan.After);
        // As the services do.
        committer = new GroupCommitter(store, TimeProvider.System, reason => Environment.FailFast(reason));
        foreach (var body in Commands.Bodies.Where(body => plan.Body.Length == 0 || plan.Body == body))
        {
            var settings = new SequencerSettings(Commands.Genesis(body), store, committer, TimeProvider.System, _ => false, _ => false);
            bodies[body] = await Sequencer.OpenAsync(settings, cancellation);
            var (size, root) = bodies[body].Head();
            Say($"open {body} {size} {Convert.ToHexString(root)}");
        }
        await Task.WhenAll(Enumerable.Range(0, plan.Next.Count).Where(writer => bodies.ContainsKey(Commands.BodyOf(writer)))
            .Select(writer => WriteAsync(bodies[Commands.BodyOf(writer)], writer, cancellation)));
    }

    /// <summary>Takes the lease of a journal that nobody has.</summary>
    public async Task LeaseAsync(CancellationToken cancellation) => await store!.LeaseAsync(new JournalKey("HMT", 9), cancellation);

    public void PauseNext() => store!.PauseNext();

    /// <summary>Lets the tasks write so many more commands each.</summary>
    public void Raise(int more)
    {
        Interlocked.Add(ref last, more);
        Interlocked.Exchange(ref raised, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Reads all entries of all bodies, and says how many they are and whether they have the root that the body holds.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        foreach (var (id, body) in bodies)
        {
            var (tree, (size, root)) = (new MerkleTree(), body.Head());
            while (tree.Size < size)
                foreach (var bytes in await body.ReadEntriesAsync(tree.Size, (int)(size - tree.Size), cancellation))
                    tree.AppendEntry(bytes);
            Say($"read {id} {tree.Size} {(tree.Root(size).AsSpan().SequenceEqual(root) ? "whole" : "altered")}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (committer is not null)
            await committer.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
    }

    private async Task WriteAsync(Sequencer body, int writer, CancellationToken cancellation)
    {
        for (var number = plan.Next[writer]; ; number++)
        {
            for (var more = raised.Task; number >= Volatile.Read(ref last); more = raised.Task)
                await more.WaitAsync(cancellation);
            await SubmitAsync(body, writer, number, cancellation);
        }
    }

    /// <summary>Gives a command until it is acknowledged, or the body has stopped.</summary>
    private async Task SubmitAsync(Sequencer body, int writer, int number, CancellationToken cancellation)
    {
        while (true)
            try
            {
                var outcome = await body.SubmitAsync(Commands.Command(writer, number), Commands.Identity(writer, number), cancellation);
                if (outcome.Refusal is { } refusal)
                    throw new InvalidOperationException(refusal.Sentence);
                Say($"ack {body.Key.Body} {writer} {number} {outcome.First.Index} {outcome.Entries} {Convert.ToHexString(outcome.LeafHash)} {(outcome.WasRepeated ? "again" : "new")}");
                return;
            }
            catch (JournalUnavailableException problem) when (problem.Why == Unavailability.Stopped)
            {
                Say($"stopped {body.Key.Body} {problem.Message}");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }
            catch (JournalUnavailableException problem)
            {
                Say($"turned away {body.Key.Body} {problem.Why}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            }
    }

    private void Say(FormattableString words) => Console.Out.WriteLine($"{plan.Store} {words.ToString(CultureInfo.InvariantCulture)}");
}
