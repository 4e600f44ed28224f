namespace FundingFlows.Ledger;

/// <summary>How a funder answers a report: it acknowledges it, whatever it says. What it says is checked by who audits.</summary>
internal static class ReportAnswers
{
    public static Decision ToReport(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.ReportSubmitted, out var facts) || facts is not [{ Totals: not null } report]
            || !AreFigures(report) || !Names.IsFund(report.Fund) || (report.UpTo is { } upTo && !Dates.TryFrom(upTo, out _)) || report.JournalRoot.Length != 32 || report.JournalSize != (ulong)delivery.FirstId.Index)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (!books.Agreements.Were(books.Body, delivery.Sender))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        var awards = books.Awards.All.Where(award => award.Funder == books.Body && award.Recipient == delivery.Sender).ToList();
        // A lot of which the sender never had anything: it would speak of what others hold.
        if (!report.Lots.All(part => awards.Exists(award => books.Transfers.Given(award.Id, LotId.From(part.Lot)) is not null)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NeverSent);
        var received = new ReportReceived
        {
            Delivery = delivery.ToRef(),
            Report = delivery.FirstId.ToRef(),
            Fund = report.Fund,
            JournalSize = report.JournalSize,
            JournalRoot = report.JournalRoot,
            Lines = { report.Lines },
            Totals = report.Totals,
            Lots = { report.Lots },
            PaidAsAgent = { report.PaidAsAgent },
            UpTo = report.UpTo,
        };
        if (report.HasAgent)
            received.Agent = report.Agent;
        if (report.HasCommittedPence)
            received.CommittedPence = report.CommittedPence;
        if (report.HasOwedPence)
            received.OwedPence = report.OwedPence;
        return Decision.Accept(new Fact { ReportReceived = received });
    }

    /// <summary>Whether they can be the figures of anybody's books: what is recorded here is added up in this body's own reports.</summary>
    private static bool AreFigures(ReportSubmitted report) =>
        report.Lines.All(line => line.Line is { Years: not null } && AreFigures(
            line.IssuedPence, line.ReceivedPence, line.ReturnedPence, line.CashPence, line.InTransitPence, line.GrantedPence, line.SpentPence, line.RepaidPence,
            line.SurrenderedPence, line.RelabelledInPence, line.RelabelledOutPence,
            line.ReservedPence, line.LiabilitiesPence, line.ToReturnPence, line.ClaimedPence, line.WaitingPence))
        && AreFigures(report.CommittedPence, report.OwedPence) && AreFigures(report.Totals) && AreLots(report)
        && (report.Agent.Length == 0 || Names.IsBody(report.Agent)) && report.PaidAsAgent.All(paid => Names.IsBody(paid.Principal) && AreFigures(paid.PaidPence));

    /// <summary>Whether the lots are in order, each once, and add up to the totals. Older versions named none.</summary>
    private static bool AreLots(ReportSubmitted report)
    {
        if (report.Lots.Count == 0)
            return true;
        var rest = report.Totals.Clone();
        LotId? before = null;
        foreach (var part in report.Lots)
        {
            if (!LotId.TryFrom(part.Lot, out var lot) || (before is { } last && last.CompareTo(lot) >= 0) || part.Totals is null || !AreFigures(part.Totals))
                return false;
            rest = Figures.Less(rest, part.Totals);
            if (!AreFigures(rest))
                return false;
            before = lot;
        }
        return rest.Equals(new FundTotals());
    }

    private static bool AreFigures(FundTotals totals) => AreFigures(totals.HeldPence, totals.InTransitPence, totals.SpentPence, totals.SurrenderedPence);

    private static bool AreFigures(params ReadOnlySpan<long> pence)
    {
        foreach (var one in pence)
            if (one is < 0 or > Pence.MostOfABody)
                return false;
        return true;
    }
}
