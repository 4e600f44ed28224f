namespace FundingFlows.Journal;

/// <summary>
/// Starts work beside what is going on, on the scheduler of whoever starts it: in a process that is the thread pool; in a simulation the one
/// thread that decides the order of everything, so that the same run can be had again.
/// </summary>
public static class Background
{
    /// <summary>Starts it, and answers with a task that ends with it.</summary>
    public static Task RunAsync(Func<Task> work) => Begin(work).Unwrap();

    /// <summary>The same for work that has a result.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => Begin(work).Unwrap();

    /// <summary>The same for work that waits for nothing.</summary>
    public static Task<T> Run<T>(Func<T> work) => Begin(work);

    /// <summary>
    /// Ends with a task, or as cancelled once that is wanted. Other than <see cref="Task.WaitAsync(CancellationToken)"/> it goes on where whoever waits is, also
    /// where the task ends on no thread of its own.
    /// </summary>
    public static Task Until(this Task task, CancellationToken cancellation) => task.IsCompleted || !cancellation.CanBeCanceled ? task
        : task.ContinueWith(static ended => ended, cancellation, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();

    private static Task<T> Begin<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
}
