namespace FundingFlows.Audit.Tests;

/// <summary>A lie that a body tells.</summary>
/// <param name="Tell">Tells it, and answers with what its finding must name.</param>
/// <param name="Breaks">The checks that it breaks; the first of them names it.</param>
internal sealed record ToldLie(Func<ForgedFederation, string> Tell, params Check[] Breaks);

/// <summary>All lies, by name.</summary>
internal static class ToldLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new[] { ReportLies.All, QuoteLies.All, PaymentLies.All, IssueLies.All, ReceiptLies.All, AnswerLies.All, AgreementCircles.All, AgencyLies.All, YearEndLies.All, StandingLies.All, AllocationLies.All, ReleaseLies.All }
        .SelectMany(lies => lies).ToDictionary();
}
