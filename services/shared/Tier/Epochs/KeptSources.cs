using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Where the entries that a new epoch keeps are found: in the store, in the journals of earlier epochs, or else with the auditors. Which of them
/// are right, the declared root tells, whoever gave them.
/// </summary>
public sealed partial class KeptSources(IJournalStore store, AskedOthers others, TimeProvider time, ILogger<KeptSources> log, SecurityRecord? security = null)
{
    private const int OwnPage = 4_096;
    private const int AuditorsPage = 1_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes the journal of a declared epoch in the store. Answers with why that cannot be done yet, in a sentence; null: it is there. Throws
    /// <see cref="JournalCorruptException"/> and <see cref="StoreException"/> as <see cref="NewEpoch.BeginAsync"/> does.
    /// </summary>
    public async Task<string?> MakeAsync(string body, EpochDeclared declared, CancellationToken cancellation)
    {
        var epoch = new NewEpoch(store, body, new DeclaredEpoch(declared.Epoch, (long)declared.KeptSize, declared.KeptRoot.ToByteArray()));
        var reasons = new List<string>();
        foreach (var earlier in (await store.EpochsAsync(body, cancellation)).Where(earlier => earlier < declared.Epoch))
        {
            var found = await epoch.BeginAsync(Own(new JournalKey(body, earlier)), cancellation);
            if (found == EpochBeginning.Begun)
                return null;
            reasons.Add($"the disk {(found == EpochBeginning.Others ? "holds others" : "has not all of them")} in epoch {earlier}");
        }
        foreach (var auditor in others.Auditors)
        {
            if (await WhyNotFromAsync(auditor, body, epoch, declared, cancellation) is not { } why)
                return null;
            reasons.Add($"{AskedOthers.InWords(auditor)} {why}");
        }
        return $"The {declared.KeptSize} entries that epoch {declared.Epoch} keeps cannot be had yet: {(reasons.Count > 0 ? string.Join(", ", reasons) : "nobody is there to ask")}.";
    }

    /// <summary>Begins the epoch with what an auditor kept. Answers with why it cannot, to follow its name; null: it has begun.</summary>
    private async Task<string?> WhyNotFromAsync(string auditor, string body, NewEpoch epoch, EpochDeclared declared, CancellationToken cancellation)
    {
        try
        {
            switch (await epoch.BeginAsync(Kept(auditor, new JournalKey(body, declared.KeptEpoch)), cancellation))
            {
                case EpochBeginning.Begun:
                    LogFetched(body, declared.KeptSize, AskedOthers.InWords(auditor));
                    return null;
                case EpochBeginning.Others:
                    LogRefused(AskedOthers.InWords(auditor), body, declared.Epoch);
                    security?.Tell(SecurityEventKind.KeptEntriesRefused, TakingBack.NotProved, auditor, body);
                    return "gave others";
                default:
                    return "has not all of them";
            }
        }
        catch (RpcException problem)
        {
            cancellation.ThrowIfCancellationRequested();
            return AskedOthers.WhyNotKept(problem);
        }
    }

    private KeptEntries Own(JournalKey journal) => async (from, cancellation) =>
    {
        try
        {
            return await store.ReadAsync(journal, from, OwnPage, cancellation);
        }
        catch (JournalCorruptException)
        {
            // From there on the disk has nothing to offer.
            return [];
        }
    };

    private KeptEntries Kept(string auditor, JournalKey journal) => async (from, cancellation) =>
    {
        var kept = await others.To(auditor).ReadKeptAsync(
            new ReadKeptRequest { Body = journal.Body, Epoch = journal.Epoch, FromIndex = (ulong)from, PageSize = AuditorsPage },
            deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
        return kept.Page is { } page && page.FirstIndex == (ulong)from ? [.. page.Entries.Select(entry => entry.ToByteArray())] : [];
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Body} has the {Entries} entries that the new epoch of its journal keeps from {Who}.")]
    private partial void LogFetched(string body, ulong entries, string who);

    [LoggerMessage(EventId = SecurityEvents.KeptEntriesRefused, Level = LogLevel.Warning, Message = "What {Who} gave of the journal of {Body} is refused: they are not the entries that epoch {Epoch} keeps.")]
    private partial void LogRefused(string who, string body, uint epoch);
}
