using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Journal;

namespace FundingFlows.Fire;

/// <summary>Waits, after the last blow, until nothing is left to be done.</summary>
internal sealed class SettlingDown(Topology topology, Office office, ServiceFleet fleet, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The journals as they were read while waiting, and read on each time.</summary>
    public IReadOnlyList<JournalCopy> Journals { get; } = [.. topology.Bodies.Select(body => new JournalCopy(body.Id))];

    /// <summary>Answers with null when all is settled, or with what is still to come when the cancellation comes first.</summary>
    public async Task<string?> WaitAsync(CancellationToken limit, CancellationToken cancellation)
    {
        var last = "Nothing was looked at.";
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (await NotYetAsync(limit) is not { } notYet)
                    return null;
                last = notYet;
            }
            catch (RpcException problem)
            {
                last = $"A service answers {problem.StatusCode}: {problem.Status.Detail}";
            }
            catch (OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            fleet.CheckRunning();
            await Task.Delay(Pause, time, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
        return last;
    }

    /// <summary>The bodies as their own books show them.</summary>
    public async Task<IReadOnlyList<Body>> BodiesAsync(CancellationToken cancellation) => await Chapters.AllAsync(
        topology.Bodies, async (body, stop) => (await office.ReadAsync(body.Id, options => office.Ledger.GetBodyAsync(new GetBodyRequest { Body = body.Id }, options), stop)).Body, cancellation);

    private async Task<string?> NotYetAsync(CancellationToken cancellation)
    {
        foreach (var instance in topology.Instances)
            if (!await fleet.IsHealthyAsync(instance, cancellation))
                return $"{instance.Name} does not say that it serves.";
        if ((await BodiesAsync(cancellation)).FirstOrDefault(body => body.ReadsOnly.Length > 0) is { } reading)
            return $"{reading.Id} takes no commands: {reading.ReadsOnly}";
        await Chapters.ForEachAsync(Journals, (journal, stop) => journal.ReadOnAsync(office, stop), cancellation);
        foreach (var journal in Journals)
            if (Unanswered.In(journal) is { Count: > 0 } unanswered)
                return $"{journal.Body} has no answer to {unanswered.Count} deliveries, the first of them number {unanswered[0].Sequence} to {unanswered[0].Receiver}.";
        // Signed at most once a second: whoever verifies a journal sees no more of it than is signed.
        foreach (var journal in Journals)
            if (await SignedAsync(journal.Body, cancellation) != journal.Entries.Count)
                return $"{journal.Body} has not signed all of its journal.";
        var view = await AuditorsView.ReadAsync(office, cancellation);
        // A quarantine does not end by waiting.
        return view.Journals.Any(journal => journal.Quarantined.Length > 0) ? null : view.NotYet(Journals);
    }

    /// <summary>How many entries the newest checkpoint of a body covers.</summary>
    private async Task<long> SignedAsync(string body, CancellationToken cancellation)
    {
        var answer = await office.ReadAsync(body, options => office.Journals.GetCheckpointAsync(new GetCheckpointRequest { Body = body }, options), cancellation);
        return Checkpoint.Read(answer.Checkpoint)?.Size ?? 0;
    }
}
