namespace FundingFlows.Ledger;

/// <summary>How a funder answers a report: it acknowledges it, whatever it says. What it says is checked by who audits.</summary>
internal static class ReportAnswers
{
    public static Decision ToReport(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.ReportSubmitted, out var facts) || facts is not [{ Totals: not null } report]
            || !Names.IsFund(report.Fund) || report.JournalRoot.Length != 32 || report.JournalSize != (ulong)delivery.FirstId.Index
            || !AreAmounts(report.Totals))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Agreements.Active(books.Body, delivery.Sender) is null)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        return Decision.Accept(new Fact
        {
            ReportReceived = new ReportReceived
            {
                Delivery = delivery.ToRef(),
                Report = delivery.FirstId.ToRef(),
                Fund = report.Fund,
                JournalSize = report.JournalSize,
                JournalRoot = report.JournalRoot,
                Lines = { report.Lines },
                Totals = report.Totals,
            },
        });
    }

    /// <summary>Totals that no body could have would make the sums of those above it overflow.</summary>
    private static bool AreAmounts(FundTotals totals) =>
        new[] { totals.HeldPence, totals.InTransitPence, totals.SpentPence, totals.SurrenderedPence }.All(pence => pence is >= 0 and <= Pence.Most);
}
