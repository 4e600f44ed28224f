using Microsoft.Extensions.Hosting;

namespace FundingFlows.Tiers;

/// <summary>
/// Writes what was turned away: each second what has changed, all of it together, so that however much a stranger sends costs one write. It reads
/// what is remembered before the instance can be asked for it, and writes once more when the instance ends. What fails is tried again, less and less often.
/// </summary>
public sealed class SecurityWriter(SecurityRecord record, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        record.TryWrite();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = BetweenWrites;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            var isWritten = record.TryWrite();
            pause = isWritten ? BetweenWrites : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
