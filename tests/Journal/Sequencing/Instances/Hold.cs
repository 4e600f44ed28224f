namespace FundingFlows.Journal.Tests;

/// <summary>A place where somebody is held until they are let through.</summary>
internal sealed class Hold
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody is held here.</summary>
    public Task Reached => reached.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Release() => released.TrySetResult();

    public async Task PassAsync()
    {
        reached.TrySetResult();
        await released.Task;
    }
}
