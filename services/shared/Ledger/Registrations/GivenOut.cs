namespace FundingFlows.Ledger;

/// <summary>
/// Money that a body gave and that may still have to come back: what it released and has not been returned, less what the latest
/// reports of the recipients say is spent or surrendered. Without a report all of it counts, and each reported penny counts once.
/// </summary>
/// <param name="Recipient">Who was given it; after a succession, the first.</param>
/// <param name="AmountPence">How much, above zero.</param>
public readonly record struct GivenOut(string Recipient, long AmountPence)
{
    /// <summary>All of it, in the order in which the awards were made.</summary>
    public static IEnumerable<GivenOut> Of(Books books)
    {
        var gone = books.Reports.Latest().SelectMany(report => report.Lots.Select(part => (report.Report.Body, Part: part)))
            .GroupBy(told => (told.Body, Lot: LotId.From(told.Part.Lot)))
            .ToDictionary(told => told.Key, told => told.Sum(one => one.Part.Totals.SpentPence + one.Part.Totals.SurrenderedPence));
        foreach (var awards in books.Awards.All.Where(award => award.Funder == books.Body).GroupBy(award => books.Transfers.RootOf(award.Id)))
        {
            var recipients = awards.Select(award => award.Recipient).Distinct().ToList();
            var pence = books.Transfers.GivenUnder(awards.Key).Sum(given => recipients.Aggregate(given.Money.LeftPence, (left, recipient) => left - Take(gone, (recipient, given.Lot), left)));
            if (pence > 0)
                yield return new GivenOut(recipients[0], pence);
        }
    }

    private static long Take(Dictionary<(string Body, LotId Lot), long> gone, (string Body, LotId Lot) key, long pence)
    {
        var taken = Math.Min(pence, gone.GetValueOrDefault(key));
        if (taken > 0)
            gone[key] -= taken;
        return taken;
    }
}
