namespace FundingFlows.Tiers;

/// <summary>
/// Ends the process when its standard input ends. Who starts it holds the other end, which the system closes however that
/// process dies, so nothing is left running.
/// </summary>
internal sealed class StandardInputWatch(Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A thread of its own: reading standard input cannot be cancelled.
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
                // What is written to it says nothing.
            }
            lifetime.StopApplication();
        })
        { IsBackground = true, Name = "standard input" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
