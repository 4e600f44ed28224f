using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Fire;

/// <summary>What the auditor says of all journals.</summary>
internal sealed record AuditorsView(IReadOnlyList<JournalCoverage> Journals, ReconcileResponse Books)
{
    /// <summary>Checks that have something to look at wherever money moves.</summary>
    private static readonly Check[] AlwaysLook =
    [
        Check.LinesBalance, Check.TransfersMatch, Check.FederationBalances, Check.LotsInBounds, Check.Containment, Check.QuotesMatch, Check.JournalsVerified,
    ];

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
    /// <param name="journals">As the bodies show them.</param>
    public IEnumerable<string> Findings(IReadOnlyList<JournalCopy> journals) =>
        [.. journals.Select(FindingOf).OfType<string>(), .. OfJournals(), .. OfChecks(), .. OfBooks(journals)];

    private string? FindingOf(JournalCopy journal) => Journals.FirstOrDefault(one => one.Body == journal.Body) switch
    {
        null => $"The auditor follows no journal of {journal.Body}.",
        { Registered: false } => $"The auditor has seen no registration of {journal.Body}.",
        var seen when seen.Applied != (ulong)journal.Entries.Count => $"The auditor has applied {seen.Applied} of the {journal.Entries.Count} entries of {journal.Body}.",
        _ => null,
    };

    private IEnumerable<string> OfJournals()
    {
        foreach (var journal in Journals.Where(one => one.Quarantined.Length > 0))
            yield return $"The auditor has put the journal of {journal.Body} into quarantine: {journal.Quarantined}";
        foreach (var journal in Journals.Where(one => one.OwnCopyDamaged.Length > 0))
            yield return $"The auditor's own copy of the journal of {journal.Body} is damaged: {journal.OwnCopyDamaged}";
    }

    private IEnumerable<string> OfChecks()
    {
        var made = Books.Checks.ToLookup(check => check.Check);
        foreach (var check in Enum.GetValues<Check>().Where(check => check != Check.Unspecified && !made[check].Any()))
            yield return $"The auditor has not made its check {check}.";
        foreach (var check in Books.Checks.Where(check => AlwaysLook.Contains(check.Check) && check.Examined == 0))
            yield return $"The auditor's check {check.Check} has looked at nothing.";
        foreach (var check in Books.Checks.Where(check => !check.Holds))
            foreach (var finding in check.Findings.DefaultIfEmpty("it does not say why."))
                yield return $"The auditor's check {check.Check} does not hold: {finding}";
    }

    private IEnumerable<string> OfBooks(IReadOnlyList<JournalCopy> journals)
    {
        if (!Books.Reconciled)
            yield return "The auditor says that the books do not reconcile.";
        if (!Books.Complete)
            yield return "The auditor says that it has not seen everything, or that money is on its way.";
        if ((Books.Bodies, Books.Entries) is var seen && seen != (journals.Count, journals.Sum(journal => (long)journal.Entries.Count)))
            yield return $"The auditor's answer stands on {seen.Entries} entries of {seen.Bodies} bodies; there are {journals.Sum(journal => (long)journal.Entries.Count)} of {journals.Count}.";
        if (Books.InTransitPence != 0 || Books.InTransit.Count > 0)
            yield return $"{Books.InTransitPence} pence in {Books.InTransit.Count} transfers are still on their way, as the auditor sees it.";
        if (Books.IssuedPence != Books.HeldPence + Books.SpentPence + Books.SurrenderedPence)
            yield return $"The auditor counts {Books.IssuedPence} pence issued, {Books.HeldPence} held, {Books.SpentPence} spent and {Books.SurrenderedPence} surrendered.";
    }
}
