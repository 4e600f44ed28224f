using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Fire;

/// <summary>What the auditor says of all journals.</summary>
internal sealed record AuditorsView(IReadOnlyList<JournalCoverage> Journals, ReconcileResponse Books)
{
    public static async Task<AuditorsView> ReadAsync(Office office, CancellationToken cancellation)
    {
        var journals = new List<JournalCoverage>();
        for (var token = ""; ;)
        {
            var page = await office.ReadAsync("", options => office.Audit.GetCoverageAsync(new GetCoverageRequest { PageSize = 1_000, PageToken = token }, options), cancellation);
            journals.AddRange(page.Journals);
            if ((token = page.NextPageToken).Length == 0)
                break;
        }
        return new AuditorsView(journals, await office.ReadAsync("", options => office.Audit.ReconcileAsync(new ReconcileRequest(), options), cancellation));
    }

    /// <summary>What is still to come, in a sentence. Null: it has followed all of these journals to their ends, and nothing is on its way.</summary>
    public string? NotYet(IReadOnlyList<JournalCopy> journals)
    {
        foreach (var journal in journals)
            if (Journals.FirstOrDefault(one => one.Body == journal.Body) is not { } seen || seen.Applied < (ulong)journal.Entries.Count || seen.Known > seen.Applied)
                return $"The auditor has not followed {journal.Body} to the end of its journal.";
        return Books.Complete || !Books.Reconciled ? null : $"The auditor sees {Books.InTransit.Count} transfers on their way, or has not the newest checkpoint of every journal.";
    }

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var journal in Journals.Where(one => one.Quarantined.Length > 0))
            yield return $"The auditor has put the journal of {journal.Body} into quarantine: {journal.Quarantined}";
        foreach (var journal in Journals.Where(one => one.OwnCopyDamaged.Length > 0))
            yield return $"The auditor's own copy of the journal of {journal.Body} is damaged: {journal.OwnCopyDamaged}";
        foreach (var check in Books.Checks.Where(check => !check.Holds))
            foreach (var finding in check.Findings)
                yield return $"The auditor's check {check.Check} does not hold: {finding}";
        if (Books.InTransitPence != 0 || Books.InTransit.Count > 0)
            yield return $"{Books.InTransitPence} pence in {Books.InTransit.Count} transfers are still on their way, as the auditor sees it.";
        if (Books.IssuedPence != Books.HeldPence + Books.SpentPence + Books.SurrenderedPence)
            yield return $"The auditor counts {Books.IssuedPence} pence issued, {Books.HeldPence} held, {Books.SpentPence} spent and {Books.SurrenderedPence} surrendered.";
    }
}
