using System.Text.RegularExpressions;

namespace FundingFlows.Ledger.Tests;

/// <summary>What is asserted of every refusal.</summary>
internal static partial class Refused
{
    /// <summary>The decision is that refusal and nothing else, and can be read by a resident and by a machine.</summary>
    public static void MustBe<TReason>(TReason reason, Decision decision)
        where TReason : struct, Enum
    {
        Assert.NotNull(decision.Refusal);
        Assert.Equal(Refusal.ReasonOf(reason), decision.Refusal.Reason);
        Assert.Empty(decision.Facts);
        Assert.Null(decision.Before);
        MustBePlain(decision.Refusal.Sentence);
        Assert.All(decision.Refusal.Details, detail =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", detail.Key);
            Assert.NotNull(detail.Value);
        });
    }

    /// <summary>One or more whole sentences, without the names that only code has.</summary>
    public static void MustBePlain(string sentence)
    {
        Assert.Matches(Sentence(), sentence);
        Assert.DoesNotMatch(Jargon(), sentence);
    }

    [GeneratedRegex(@"^[A-Z£a-z0-9-].{15,}\S\.\z")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[_{}<>]|  |\bnull\b|[a-z][A-Z]|Unspecified| ,| \.")]
    private static partial Regex Jargon();
}
