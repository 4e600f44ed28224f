namespace FundingFlows.Ledger;

/// <summary>How a funder answers a report: it acknowledges it, whatever it says. What it says is checked by who audits.</summary>
internal static class ReportAnswers
{
    public static Decision ToReport(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.ReportSubmitted, out var facts) || facts is not [{ Totals: not null } report]
            || !AreFigures(report) || !Names.IsFund(report.Fund) || report.JournalRoot.Length != 32 || report.JournalSize != (ulong)delivery.FirstId.Index)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (!books.Agreements.Were(books.Body, delivery.Sender))
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

    /// <summary>Whether they can be the figures of anybody's books: what is recorded here is added up in this body's own reports.</summary>
    private static bool AreFigures(ReportSubmitted report) =>
        report.Lines.All(line => line.Line is { Years: not null } && AreFigures(
            line.IssuedPence, line.ReceivedPence, line.ReturnedPence, line.CashPence, line.InTransitPence, line.GrantedPence, line.SpentPence, line.RepaidPence,
            line.SurrenderedPence, line.RelabelledInPence, line.RelabelledOutPence))
        && AreFigures(report.Totals.HeldPence, report.Totals.InTransitPence, report.Totals.SpentPence, report.Totals.SurrenderedPence);

    private static bool AreFigures(params ReadOnlySpan<long> pence)
    {
        foreach (var one in pence)
            if (one is < 0 or > Pence.MostOfABody)
                return false;
        return true;
    }
}
