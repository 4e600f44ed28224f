namespace FundingFlows.Audit.Tests;

/// <summary>That an honest forged federation is believed: otherwise no lie would prove anything.</summary>
public sealed class ForgingTests
{
    [Fact]
    public async Task Federation_ThatIsHonest_IsBelievedWhole()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        federation.Report();

        var books = await auditing.ReconciledAsync();

        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        // No standing instruction is set here.
        Assert.All(books.Checks, check => Assert.True(check.Holds && check.Examined > 0 != (check.Check == Check.PassedOnAsInstructed), $"{check.Check} examined {check.Examined}."));
        Assert.Equal(Enum.GetValues<Check>().Except([Check.Unspecified]), books.Checks.Select(check => check.Check));
        Assert.True(books.Reconciled);
        Assert.True(books.Complete);
    }
}
