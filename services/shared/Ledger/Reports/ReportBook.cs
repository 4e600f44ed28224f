namespace FundingFlows.Ledger;

/// <summary>A report that this body submitted.</summary>
public sealed class SubmittedReport(EntryId id, ReportSubmitted figures)
{
    public EntryId Id { get; } = id;

    public ReportSubmitted Figures { get; } = figures;

    /// <summary>Whether the funder has recorded it.</summary>
    public bool IsAcknowledged { get; internal set; }
}

/// <summary>The reports that a body submitted, and the latest on each fund from each body that it funds.</summary>
public sealed class ReportBook
{
    private readonly Dictionary<EntryId, SubmittedReport> byId = [];
    private readonly List<SubmittedReport> submitted = [];
    private readonly SortedDictionary<(string Fund, string Body), ReportReceived> latest =
        new(Comparer<(string Fund, string Body)>.Create((x, y) =>
            string.CompareOrdinal(x.Fund, y.Fund) is var funds and not 0 ? funds : string.CompareOrdinal(x.Body, y.Body)));

    private readonly Dictionary<(string Fund, string Body), DateOnly> since = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SubmittedReport> Submitted => submitted;

    /// <summary>How many reports have come from the bodies that this one funds.</summary>
    public int ReceivedCount { get; private set; }

    public SubmittedReport? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>The latest report on a fund from each body that this one funds, in the order of their ids.</summary>
    public IEnumerable<ReportReceived> Latest(string fund) => latest.Where(report => report.Key.Fund == fund).Select(report => report.Value);

    /// <summary>The latest report on each fund from each body that this one funds, in the order of funds and of bodies' ids.</summary>
    public IEnumerable<ReportReceived> Latest() => latest.Values;

    /// <summary>The latest report on a fund from a body that this one funds. Null: none has come.</summary>
    public ReportReceived? LatestOf(string fund, string body) => latest.GetValueOrDefault((fund, body));

    /// <summary>The earliest day on which money of a fund was released to a body, of those that releases named. Null: none was.</summary>
    public DateOnly? Since(string fund, string body) => since.TryGetValue((fund, body), out var day) ? day : null;

    internal void Released(string fund, string body, DateOnly on)
    {
        if (Since(fund, body) is not { } before || on < before)
            since[(fund, body)] = on;
    }

    internal void Add(SubmittedReport report)
    {
        byId.Add(report.Id, report);
        submitted.Add(report);
    }

    internal void Add(ReportReceived report)
    {
        latest[(report.Fund, report.Report.Body)] = report;
        ReceivedCount++;
    }

    /// <summary>A report that came to a predecessor, unless the body has told more since.</summary>
    internal void Inherit(ReportReceived report) => latest.TryAdd((report.Fund, report.Report.Body), report);

    /// <summary>What a body told that is abolished is told by its successors from now on.</summary>
    internal void Forget(string body)
    {
        foreach (var key in latest.Keys.Where(key => key.Body == body).ToList())
            latest.Remove(key);
    }

    internal void Answered(EntryId id, bool acknowledged) => byId[id].IsAcknowledged = acknowledged;
}
