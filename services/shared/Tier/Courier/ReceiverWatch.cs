using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Looks now and then whether a receiver has begun a new epoch. It may have lost answers that are recorded here, so that nothing would
/// be delivered again by itself. No pair waits for another, and none fails with another.
/// </summary>
internal sealed partial class ReceiverWatch(
    BodyHost bodies, WhoIsWho whoIsWho, SignedAnswers answers, Func<HostedBody, string, CourierPair> pairOf, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>The epoch in which each receiver was last shown all, once the newest attempt has ended. None of them fails.</summary>
    private readonly Dictionary<(string Sender, string Receiver), Task<uint>> shown = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            foreach (var sender in bodies.All)
                await LookAsync(sender, stopping);
        }
        await Task.WhenAll(shown.Values);
    }

    private async Task LookAsync(HostedBody sender, CancellationToken stopping)
    {
        try
        {
            foreach (var receiver in await CourierService.ReceiversAsync(sender, books => books.Deliveries.Receivers, stopping))
            {
                var before = shown.GetValueOrDefault((sender.Id, receiver), Task.FromResult(0u));
                if (before.IsCompleted)
                    shown[(sender.Id, receiver)] = Background.RunAsync(async () => await ShowAsync(sender, receiver, await before, stopping));
            }
        }
        catch (Exception problem)
        {
            // It is looked again the next time, and at the others now.
            LogNotLooked(sender.Id, problem);
        }
    }

    /// <summary>Shows a receiver all, if it is in a later epoch than it was shown in before. Answers with the epoch in which it has been.</summary>
    private async Task<uint> ShowAsync(HostedBody sender, string receiver, uint before, CancellationToken stopping)
    {
        try
        {
            if (await whoIsWho.KnownAsync(receiver, stopping) is not { } known || known.Declared.Count == 0 || known.Epoch <= before)
                return before;
            await pairOf(sender, receiver).ShowAgainAsync(stopping);
            return known.Epoch;
        }
        catch (Exception problem) when (problem is RpcException or JournalUnavailableException or StoreException or OperationCanceledException)
        {
            LogNotShown(sender.Id, receiver, problem.Message);
        }
        catch (InvalidProtocolBufferException)
        {
            var reason = answers.Unreadable(sender, receiver);
            LogNotShown(sender.Id, receiver, reason);
        }
        catch (Exception problem)
        {
            LogFailed(sender.Id, receiver, problem);
        }
        // Whatever it was, it is shown again the next time.
        return before;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Receiver}, which has begun a new epoch, cannot be shown yet what {Sender} sent it: {Problem}")]
    private partial void LogNotShown(string sender, string receiver, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Showing {Receiver}, which has begun a new epoch, what {Sender} sent it failed; it is tried again.")]
    private partial void LogFailed(string sender, string receiver, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking whether receivers of {Sender} have begun new epochs failed; it is tried again.")]
    private partial void LogNotLooked(string sender, Exception problem);
}
