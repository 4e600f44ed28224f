namespace FundingFlows.Ledger;

/// <summary>
/// What a body has to tell a funder about a fund: of the money that came under the funder's awards of it, and of no other. It is
/// divided by the funder's lots. A funder that has several funders itself divides it on by its own lots, so whoever adds up
/// reports at the top counts each penny once, through however many funders and bodies it came.
/// </summary>
public sealed class FunderFigures
{
    private readonly SortedDictionary<LotId, FundTotals> byLot = [];

    private FunderFigures(Books books, string fund, string funder)
    {
        var own = books.Awards.All
            .Where(award => award.Funder == funder && award.Recipient == books.Body && award.Terms.Fund == fund)
            .SelectMany(award => books.Lots.Under(award.Id))
            .ToDictionary(lot => lot.Id);
        Lines = [.. Figures.Lines(own.Values)];
        foreach (var lot in own.Values)
            Add(lot, Figures.Own(lot.Balances));
        var children = new List<ChildReport>();
        foreach (var report in books.Reports.Latest())
        {
            var told = report.Lots.Where(part => own.ContainsKey(LotId.From(part.Lot))).ToList();
            foreach (var part in told)
                Add(own[LotId.From(part.Lot)], part.Totals);
            if (told.Count > 0 || report.Fund == fund)
                children.Add(Child(report, Figures.Sum(told.Select(part => part.Totals))));
        }
        Children = children;
        Totals = Figures.Sum(byLot.Values);
    }

    /// <summary>The body's own accounts of that money, in the order of lines.</summary>
    public IReadOnlyList<LineFigures> Lines { get; }

    /// <summary>The reports from below, with what is counted of each.</summary>
    public IReadOnlyList<ChildReport> Children { get; }

    public FundTotals Totals { get; }

    /// <summary>The totals by the funder's lots, in their order. Those of which nothing is left are left out.</summary>
    public IEnumerable<LotTotals> Lots => byLot.Where(lot => !lot.Value.Equals(new FundTotals()))
        .Select(lot => new LotTotals { Lot = lot.Key.ToRef(), Totals = lot.Value });

    public static FunderFigures Of(Books books, string fund, string funder) => new(books, fund, funder);

    private void Add(Lot lot, FundTotals totals)
    {
        var from = lot.FunderLot!.Value;
        byLot[from] = byLot.TryGetValue(from, out var before) ? Figures.Sum([before, totals]) : totals;
    }

    private static ChildReport Child(ReportReceived report, FundTotals counted) => new()
    {
        Report = report.Report,
        LeafHash = report.Delivery.LeafHashes[0],
        Totals = report.Totals,
        Counted = counted,
    };
}
