using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Sends the checkpoints of one body to one of its witnesses: the newest whenever there is one that the witness has not cosigned, with a
/// proof from the one that it has. However fast the journal grows, only the newest is sent.
/// </summary>
internal sealed partial class WitnessPair(
    string id, Func<HostedBody, CancellationToken, Task<WitnessPlace?>> find, string which, BodyHost bodies, Cosigned cosigned, WebRequests web,
    TimeSpan interval, TimeProvider time, Random jitter, ILogger log)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Where a body is looked for again that is not there, or has no such witness.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private CosignerKey? key;
    private string origin = "";
    private long has;
    private long sent = -1;

    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = ShortestPause;
        while (!stopping.IsCancellationRequested)
        {
            var done = false;
            try
            {
                done = await SubmitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or JournalUnavailableException)
            {
                LogAway(id, which, problem.Message);
            }
            catch (Exception problem)
            {
                // Whatever it is, it is tried again, slowly, and for ever.
                LogFailed(id, which, problem);
            }
            pause = done ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            // The jitter keeps many pairs from coming back at once.
            await Task.Delay(done ? interval : pause + (pause * (jitter.Next(500) / 1000.0)), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Waits until there is something to cosign and has it cosigned. False: that is to be tried again after a pause.</summary>
    private async Task<bool> SubmitAsync(CancellationToken stopping)
    {
        if (bodies.Find(id) is not { } body || await find(body, stopping) is not { } witness)
        {
            await Task.Delay(LookAgain, time, stopping);
            return true;
        }
        var (note, size) = body.Checkpoints.Newest();
        // Another epoch is another journal.
        if (Checkpoint.Read(note)!.Origin is var now && now != origin)
            (origin, has, sent) = (now, 0, -1);
        if (size <= sent)
        {
            await WaitAsync(body, stopping);
            return true;
        }
        if (has > size)
        {
            LogBehind(id, which, has, size);
            has = 0;
            return false;
        }
        using var patience = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        return await SendAsync(body, witness, note, size, either.Token);
    }

    /// <summary>Waits a while for the journal to grow.</summary>
    private async Task WaitAsync(HostedBody body, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(LookAgain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        await body.Sequencer.WaitBeyondAsync(sent, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task<bool> SendAsync(HostedBody body, WitnessPlace witness, string note, long size, CancellationToken cancellation)
    {
        var request = Encoding.UTF8.GetBytes(AddCheckpoint.Write(has, await ProofAsync(body.Sequencer, EpochOf(note), has, size, cancellation), note));
        var (status, content) = await web.PostAsync(new Uri(witness.Prefix, "add-checkpoint"), request, cancellation);
        var text = Encoding.UTF8.GetString(content);
        if (status == HttpStatusCode.OK)
            return await KeepAsync(witness, note, size, text, cancellation);
        if (status == HttpStatusCode.Conflict && Size(text) is { } other && other != has)
        {
            has = other;
            // From there it can be proved at once, unless the witness has more than there is.
            return other <= size && await SendAsync(body, witness, note, size, cancellation);
        }
        if (status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Forbidden)
            LogRefused(id, which, size, text);
        else
            LogAnswered(id, which, status);
        return false;
    }

    /// <summary>Keeps a cosignature that holds. One of anybody else says nothing.</summary>
    private async Task<bool> KeepAsync(WitnessPlace witness, string note, long size, string lines, CancellationToken cancellation)
    {
        if (key?.Name != witness.Name)
            key = CosignerKey.TryParse(Encoding.UTF8.GetString(await web.GetAsync(new Uri(witness.Prefix, "key"), cancellation)).TrimEnd('\n'), out var told) && told.Name == witness.Name ? told : null;
        // One line of it, whatever it gave: with the lines of all witnesses the note must stay one that everybody reads.
        if (key is null || Cosignature.LineOf(note + lines, key) is not { } line)
        {
            key = null;
            LogAway(id, which, "its cosignature does not hold");
            return false;
        }
        cosigned.Add(Checkpoint.Read(note)!, witness.Name, line);
        (has, sent) = (size, size);
        return true;
    }

    /// <summary>Computed from the journal's own tiles, as anyone could.</summary>
    private static Task<IReadOnlyList<byte[]>> ProofAsync(Sequencer sequencer, uint epoch, long from, long size, CancellationToken cancellation) =>
        new TileReader(size, (path, _) => Task.FromResult(
            TilePath.TryParse(path["tile/".Length..], out var tile) && sequencer.HashTile(epoch, tile) is { } hashes ? hashes : throw new InvalidDataException($"There is no {path}.")))
        .ConsistencyAsync(from, cancellation);

    /// <summary>The epoch of the journal that a note of its own body is of.</summary>
    private static uint EpochOf(string note) => JournalOrigin.TryParse(Checkpoint.Read(note)!.Origin, out var origin) ? origin.Epoch : 0;

    private static long? Size(string text) =>
        long.TryParse(text.TrimEnd('\n'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Body} is not cosigned by {Witness} yet: {Problem}")]
    private partial void LogAway(string body, string witness, string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Body} is not cosigned by {Witness} yet, which answered {Status}.")]
    private partial void LogAnswered(string body, string witness, HttpStatusCode status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Having {Body} cosigned by {Witness} failed; it is tried again.")]
    private partial void LogFailed(string body, string witness, Exception problem);

    [LoggerMessage(EventId = SecurityEvents.CheckpointRefused, Level = LogLevel.Warning, Message = "{Body} at {Size} is not cosigned by {Witness}: {Problem}")]
    private partial void LogRefused(string body, string witness, long size, string problem);

    [LoggerMessage(EventId = SecurityEvents.CheckpointRefused, Level = LogLevel.Error, Message = "{Body} has fewer entries than {Witness} cosigned before: {Size}, and not {Cosigned}.")]
    private partial void LogBehind(string body, string witness, long cosigned, long size);
}
