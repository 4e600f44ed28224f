namespace FundingFlows.Audit;

/// <summary>How sources are written: <c>body.kind.reference</c>, for example <c>mhclg.parliamentary-vote.main-estimate-2026-27</c>.</summary>
internal static class SourceNames
{
    public static string Of(string body, SourceId source) => $"{body}.{Name(source.Kind)}.{source.Reference}";

    private static string Name(SourceKind kind) => kind switch
    {
        SourceKind.ParliamentaryVote => "parliamentary-vote",
        SourceKind.DormantAssets => "dormant-assets",
        SourceKind.LocalLevy => "local-levy",
        SourceKind.LoanInterest => "loan-interest",
        SourceKind.Income => "income",
        _ => "unknown",
    };
}
