using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Sees to it that a hosted body goes on in the newest epoch that its registering body has declared. As soon as one is heard of, the body
/// takes no commands in the one before; it begins the new one once the kept entries are at hand.
/// </summary>
public sealed partial class EpochKeeper(BodyHost bodies, WhoIsWho whoIsWho, KeptSources sources, AskingRound round, TimeProvider time, ILogger<EpochKeeper> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (DateTimeOffset At, TimeSpan Pause, string? Problem)> later = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var body in bodies.All)
                await TryAsync(body.Id, body.Genesis.RegisteringBody, body.Epoch, declared => BeginAsync(body, declared, stoppingToken), stoppingToken);
            foreach (var (body, registrar) in bodies.Broken)
                await TryAsync(body, registrar, 0, declared => RepairAsync(body, declared, stoppingToken), stoppingToken);
            await Task.Delay(BetweenLooks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task TryAsync(string body, string registrar, uint epoch, Func<EpochDeclared, Task<string?>> begin, CancellationToken stopping)
    {
        try
        {
            if ((later.TryGetValue(body, out var next) && time.GetUtcNow() < next.At)
                || await whoIsWho.DeclaredAsync(body, registrar, stopping) is not { } declared || declared.Epoch <= epoch)
                return;
            if (await begin(declared) is { } problem)
                Wait(body, next.Pause, problem);
            else
                later.Remove(body);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is begun after the next start.
        }
        catch (Exception problem)
        {
            // Whatever it is, the other bodies go on, and this one is tried again.
            Wait(body, later.GetValueOrDefault(body).Pause, problem.Message);
        }
    }

    private void Wait(string body, TimeSpan pause, string problem)
    {
        pause = pause == default ? BetweenLooks : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        later[body] = (time.GetUtcNow() + pause, pause, problem);
        LogNotBegun(body, problem);
    }

    /// <summary>Why a body takes no commands of which a later epoch was declared.</summary>
    /// <param name="problem">Why that one cannot begin, in a sentence. Null: nothing is known that prevents it.</param>
    internal static string Ended(JournalKey journal, EpochDeclared declared, string? problem = null) =>
        $"{journal.Body} takes no commands in epoch {journal.Epoch} of its journal any more: epoch {declared.Epoch} was declared. "
        + (problem ?? $"It begins once the {declared.KeptSize} entries that it keeps are at hand.");

    /// <summary>Answers with why it cannot be begun yet, in a sentence. Null: it is.</summary>
    private async Task<string?> BeginAsync(HostedBody body, EpochDeclared declared, CancellationToken stopping)
    {
        await body.Sequencer.EndEpochAsync(Ended(body.Sequencer.Key, declared, later.GetValueOrDefault(body.Id).Problem));
        if (await sources.MakeAsync(body.Id, declared, stopping) is { } problem)
        {
            await body.Sequencer.EndEpochAsync(Ended(body.Sequencer.Key, declared, problem));
            return problem;
        }
        await bodies.GoOnInAsync(body, declared.Epoch, stopping);
        round.Look();
        LogBegun(body.Id, declared.Epoch, declared.KeptSize);
        return null;
    }

    /// <summary>A body whose journal could not be believed serves again from the new one. Answers as <see cref="BeginAsync"/> does.</summary>
    private async Task<string?> RepairAsync(string body, EpochDeclared declared, CancellationToken stopping)
    {
        if (await sources.MakeAsync(body, declared, stopping) is { } problem)
            return problem;
        if (!await bodies.OpenAgainAsync(body, stopping))
            return bodies.WhyBroken(body) ?? "";
        LogBegun(body, declared.Epoch, declared.KeptSize);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Body} has begun epoch {Epoch} of its journal behind {Entries} entries.")]
    private partial void LogBegun(string body, uint epoch, ulong entries);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Body} cannot begin the new epoch of its journal that was declared; it is tried again: {Problem}")]
    private partial void LogNotBegun(string body, string problem);
}
