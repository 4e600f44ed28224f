namespace FundingFlows.Audit;

/// <summary>Computes every report again from the journal that it was made from, at the size and root that it names.</summary>
public sealed class ReportChecks
{
    private readonly List<string> wrong = [];
    private long examined;

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry before it is applied, when the books are exactly those that a report speaks of.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        if (entry.Fact.KindCase != Fact.KindOneofCase.ReportSubmitted)
            return;
        examined++;
        var report = entry.Fact.ReportSubmitted;
        var holds = report.JournalSize == entry.Index
            && report.JournalRoot.Span.SequenceEqual(replica.Root((long)entry.Index))
            && (!report.HasCommittedPence || report.CommittedPence == replica.Books.Awards.CommittedPence(replica.Body, report.Fund))
            && (!report.HasOwedPence || report.OwedPence == Figures.OwedPence(replica.Books, report.Fund, report.To.Body))
            && SaysWhoPays(report, replica.Books)
            && (Says(report, FunderFigures.Of(replica.Books, report.Fund, report.To.Body)) || SaysAsOnce(report, replica.Books));
        if (!holds)
            wrong.Add($"Report {replica.IdOf(entry)} does not say what its journal says.");
    }

    /// <summary>How many reports and children of reports were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        var children = view.Federation.All.SelectMany(books => books.Reports.Submitted).SelectMany(report => report.Figures.Children).ToList();
        var contradicted = children.Where(child => Contradicts(view, child))
            .Select(child => $"A report contains {EntryId.From(child.Report)} otherwise than that report says.");
        return (examined + children.Count, [.. wrong, .. contradicted]);
    }

    private static bool Says(ReportSubmitted report, FunderFigures figures) =>
        report.Lines.SequenceEqual(figures.Lines) && report.Children.SequenceEqual(figures.Children)
        && report.Lots.SequenceEqual(figures.Lots) && figures.Totals.Equals(report.Totals);

    /// <summary>Who is principal and who is agent. Reports of older versions did not say.</summary>
    private static bool SaysWhoPays(ReportSubmitted report, Books books) => report.HasAgent
        ? report.Agent == (books.Custodies.Of(books.Body)?.Agent ?? "") && report.PaidAsAgent.SequenceEqual(books.Instructions.PaidAsAgent(report.Fund))
        : report.PaidAsAgent.Count == 0;

    /// <summary>Reports of older versions named no lots, and were of the whole fund at the body and below.</summary>
    private static bool SaysAsOnce(ReportSubmitted report, Books books) =>
        report.Lots.Count == 0 && report.Children.All(child => child.Counted is null)
        && report.Lines.SequenceEqual(Figures.Lines(books, report.Fund))
        && Figures.Sum([Figures.Own(books, report.Fund), .. report.Children.Select(child => child.Totals)]).Equals(report.Totals);

    private static bool Contradicts(AuditView view, ChildReport child)
    {
        var id = EntryId.From(child.Report);
        if (!view.Federation.HasSeen(id))
            return false;
        return view.BooksOf(id.Body)?.Reports.Find(id) is not { } report || !report.Figures.Totals.Equals(child.Totals)
            || !view.Find(id.Body)!.LeafHash(id.Index).AsSpan().SequenceEqual(child.LeafHash.Span);
    }
}
