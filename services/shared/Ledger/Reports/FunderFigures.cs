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
        Lines = [.. Figures.Lines(books, own.Values)];
        foreach (var lot in own.Values)
            Add(lot.FunderLot!.Value, Figures.Own(lot.Balances));
        var children = new List<ChildReport>();
        foreach (var report in books.Reports.Latest())
        {
            var told = report.Lots.Select(part => (part.Totals, From: own.GetValueOrDefault(LotId.From(part.Lot))?.FunderLot ?? OfAPredecessor(books, LotId.From(part.Lot), fund, funder)))
                .Where(part => part.From is not null).ToList();
            foreach (var part in told)
                Add(part.From!.Value, part.Totals);
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

    /// <summary>The funder's lot that a predecessor passed down as that lot. Null: none did, or it came from another.</summary>
    private static LotId? OfAPredecessor(Books books, LotId lot, string fund, string funder) =>
        books.Transfers.Inherited(lot)?.Held.Here(books) is { Award: { } here } held
        && books.Awards.Find(here) is { } under && under.Funder == funder && under.Recipient == books.Body && under.Terms.Fund == fund ? held.FunderLot : null;

    private void Add(LotId from, FundTotals totals) =>
        byLot[from] = byLot.TryGetValue(from, out var before) ? Figures.Sum([before, totals]) : totals;

    private static ChildReport Child(ReportReceived report, FundTotals counted) => new()
    {
        Report = report.Report,
        LeafHash = report.Delivery.LeafHashes[0],
        Totals = report.Totals,
        Counted = counted,
    };
}
