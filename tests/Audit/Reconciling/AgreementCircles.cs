using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Agreements that each end made in good faith, and that together run in a circle.</summary>
internal static class AgreementCircles
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a circle whose middle came last"] = new(MiddleLast, [Check.NoCircles]),
    };

    private static string MiddleLast(ForgedFederation federation)
    {
        federation.Agree(Region, Council);
        federation.Agree(Forum, Central);
        federation.Agree(Central, Region);
        federation.Agree(Council, Forum);
        federation.OpenFund();
        federation.Issue(1_000);
        return $"{Council} funds {Forum} funds {Central} funds {Region} funds {Council}: ";
    }
}
