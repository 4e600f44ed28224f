using System.Globalization;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Journal.V1;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Gateway;

/// <summary>Amounts, dates and restrictions as people say them.</summary>
internal static class Words
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Pence in pounds: <c>£25,000</c> or <c>£25,000.50</c>.</summary>
    public static string Pounds(long pence) =>
        (pence < 0 ? "-£" : "£") + Math.Abs(pence / 100).ToString("N0", Plain) + (pence % 100 == 0 ? "" : "." + Math.Abs(pence % 100).ToString("00", Plain));

    public static string Day(Timestamp? time) => time is null ? "" : time.ToDateTimeOffset().ToString("d MMMM yyyy", Plain);

    public static string Minute(Timestamp? time) => time is null ? "" : time.ToDateTimeOffset().ToString("d MMMM yyyy, HH:mm:ss", Plain) + " UTC";

    public static string Year(int year) => $"{year}-{(year + 1) % 100:00}";

    public static string Years(YearWindow window) => window.FirstYear == window.LastYear ? Year(window.FirstYear) : $"{Year(window.FirstYear)} to {Year(window.LastYear)}";

    /// <summary>What a line may be used for.</summary>
    public static string Restrictions(Line line)
    {
        var kind = line.Kind switch
        {
            Kind.Capital => "Only for things that last (capital)",
            Kind.Revenue => "Only for running costs (revenue)",
            _ => "For things that last or for running costs",
        };
        var earmarks = line.Earmarks.Count == 0 ? "" : $", kept for: {string.Join(" and ", line.Earmarks.Select(name => name.Replace('-', ' ')))}";
        return $"{kind}{earmarks}. To be spent in {Years(line.Years)}.";
    }

    public static string Tier(Tier tier) => tier switch
    {
        Contracts.Journal.V1.Tier.CentralGovernment => "Central government",
        Contracts.Journal.V1.Tier.CombinedAuthority => "Combined authority",
        Contracts.Journal.V1.Tier.Council => "Council",
        Contracts.Journal.V1.Tier.NeighbourhoodForum => "Neighbourhood forum",
        _ => "Not known yet",
    };

    /// <summary>How a body's journal stands.</summary>
    public static string Journal(AuditedBody body) => body switch
    {
        { Quarantined.Length: > 0 } => body.Quarantined,
        { OwnCopyDamaged.Length: > 0 } => body.OwnCopyDamaged,
        { JournalSize: 0 } => "Not seen yet",
        { JournalSize: 1 } => "1 entry, checked",
        _ => $"{body.JournalSize.ToString("N0", Plain)} entries, checked",
    };

    public static string Source(Source source) => source.Kind switch
    {
        SourceKind.ParliamentaryVote => $"Money voted by Parliament ({source.Reference})",
        SourceKind.DormantAssets => $"Dormant assets ({source.Reference})",
        SourceKind.LocalLevy => $"Local levy ({source.Reference})",
        SourceKind.LoanInterest => $"Interest on loans ({source.Reference})",
        _ => $"Income ({source.Reference})",
    };
}
