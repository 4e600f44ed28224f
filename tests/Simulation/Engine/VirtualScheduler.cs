namespace FundingFlows.Simulation;

/// <summary>
/// The one thread of a simulation, and its time: runs what is ready, in an order that the seed decides, and when nothing is, goes on to the next moment
/// at which something is to happen. Nothing else makes time pass.
/// </summary>
internal sealed class VirtualScheduler : TaskScheduler
{
    /// <summary>More than this at one moment is no work but a circle.</summary>
    private const int MostAtOnce = 1_000_000;
    private const int Window = 6;

    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Random random;
    private readonly bool shuffles;
    private readonly PriorityQueue<Moment, (long At, long Order)> moments = new();
    private List<Task> ready = [];
    private int next;
    private long order;
    private Exception? broken;

    /// <param name="shuffles">Whether what is ready runs in any order, and not in the one in which it became so.</param>
    /// <param name="now">When it begins.</param>
    public VirtualScheduler(Random random, bool shuffles, long now) => (this.random, this.shuffles, Now) = (random, shuffles, now);

    /// <summary>Since the beginning, in ticks of 100 ns.</summary>
    public long Now { get; private set; }

    /// <summary>Does something after a while, unless that was cancelled.</summary>
    public Moment After(TimeSpan delay, Action action)
    {
        Check();
        var moment = new Moment(action);
        moments.Enqueue(moment, (Now + Math.Max(0, delay.Ticks), order++));
        return moment;
    }

    /// <summary>Ends after a while.</summary>
    public Task DelayAsync(TimeSpan delay)
    {
        var over = new TaskCompletionSource();
        After(delay, over.SetResult);
        return over.Task;
    }

    /// <summary>Begins something of the simulation itself on this thread: it must not fail.</summary>
    public Task Begin(Func<Task> work) => Task.Factory.StartNew(() => RunAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem)
        {
            broken ??= problem;
        }
    }

    /// <summary>Goes on until a condition holds, which is looked at after each moment. False: so much time has passed, or nothing more will happen.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan most)
    {
        var end = Now + most.Ticks;
        while (true)
        {
            Drain();
            if (condition())
                return true;
            if (!moments.TryPeek(out var moment, out var at) || at.At > end)
            {
                Now = end;
                return false;
            }
            moments.Dequeue();
            if (moment.Action is not { } action)
                continue;
            Now = Math.Max(Now, at.At);
            Enter(action);
        }
    }

    /// <summary>Does something now, as this thread does everything: with this as the scheduler of all that it begins.</summary>
    public void Enter(Action action)
    {
        var task = new Task(action);
        task.Start(this);
        Drain();
        if (task.Exception is { } problem)
            throw new InvalidOperationException("The simulation itself failed.", problem.InnerException);
    }

    protected override void QueueTask(Task task)
    {
        Check();
        ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Environment.CurrentManagedThreadId == thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => ready.Skip(next);

    /// <summary>Says what called from elsewhere: then the same seed would not be the same run.</summary>
    public void Check()
    {
        if (Environment.CurrentManagedThreadId == thread)
            return;
        var foreign = new InvalidOperationException($"Something goes on outside of the simulation's thread:\n{Environment.StackTrace}");
        Interlocked.CompareExchange(ref broken, foreign, null);
        throw foreign;
    }

    private void Drain()
    {
        for (var done = 0; next < ready.Count; done++)
        {
            if (done > MostAtOnce)
                throw new InvalidOperationException("Something goes round in a circle without any time passing.");
            if (shuffles && ready.Count - next > 1)
            {
                var chosen = next + random.Next(Math.Min(Window, ready.Count - next));
                (ready[next], ready[chosen]) = (ready[chosen], ready[next]);
            }
            var task = ready[next++];
            TryExecuteTask(task);
            if (broken is not null)
                throw new InvalidOperationException("The same seed would not be the same run.", broken);
            if (next == ready.Count)
            {
                ready.Clear();
                next = 0;
            }
        }
        if (ready.Capacity > 1 << 16)
            (ready, next) = ([], 0);
    }
}

/// <summary>Something that is to happen.</summary>
internal sealed class Moment(Action action)
{
    /// <summary>Null: it was cancelled.</summary>
    public Action? Action { get; private set; } = action;

    public void Cancel() => Action = null;
}
