using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>Finds out whether a body told two histories, and remembers what shows it.</summary>
public sealed partial class Forks(IWitnessStore store, HashTiles tiles, ILogger<Forks> log)
{
    /// <summary>
    /// What two checkpoints of a body prove against it, with the help of hashes that its own tiles give for the later one. Null:
    /// nothing that could be found.
    /// </summary>
    public async Task<ForkEvidence?> SearchAsync(JournalKey journal, SignedCheckpoint one, SignedCheckpoint other, CancellationToken cancellation)
    {
        if (Checkpoint.Read(one.Note) is not { } first || Checkpoint.Read(other.Note) is not { } second)
            return null;
        if (first.Size == second.Size)
            return ForkEvidence.Of(one, other);
        var (earlier, later, from, to) = first.Size < second.Size ? (one, other, first.Size, second.Size) : (other, one, second.Size, first.Size);
        return from > 0 && await tiles.BeginningAsync(journal, from, to, cancellation) is var (root, path) ? ForkEvidence.Of(earlier, later, root, path) : null;
    }

    /// <summary>Remembers that a journal is not believed, durably. A store that fails is logged: what was found is shown all the same.</summary>
    /// <param name="reason">In a sentence.</param>
    public void Remember(JournalKey journal, string reason, ForkEvidence? evidence)
    {
        try
        {
            store.Remember(new Quarantine(journal, reason, evidence?.ToString()));
            if (evidence is not null)
                LogProved(journal.Body, reason);
        }
        catch (StoreException problem)
        {
            LogForgotten(journal.Body, problem);
        }
    }

    /// <summary>Why a journal is not believed, from before. Null: nothing is remembered against it.</summary>
    public Quarantine? Remembered(JournalKey journal) => store.Find(journal);

    /// <summary>The newest note of a journal that is remembered here, cosigned or verified. Null: none.</summary>
    public string? NewestNote(string origin) => store.Newest(origin);

    [LoggerMessage(EventId = SecurityEvents.ForkProved, Level = LogLevel.Critical, Message = "What proves that {Body} told two histories is kept: {Reason}")]
    private partial void LogProved(string body, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "That {Body} is quarantined could not be made durable.")]
    private partial void LogForgotten(string body, StoreException problem);
}
