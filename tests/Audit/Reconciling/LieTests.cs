namespace FundingFlows.Audit.Tests;

/// <summary>A body that lies is found by exactly the checks that its lie breaks, and the others go on.</summary>
public sealed class LieTests
{
    public static TheoryData<string> Names => [.. ToldLies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Lie_OfAnyBody_IsFoundByTheRightChecksAlone(string name)
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (tell, expected) = ToldLies.All[name];

        var named = tell(federation);
        var books = await auditing.ReconciledAsync();

        Assert.Equal(expected.Order(), books.Checks.Where(check => !check.Holds).Select(check => check.Check));
        Assert.Contains(books.Checks.Single(check => check.Check == expected[0]).Findings, finding => finding.Contains(named, StringComparison.Ordinal));
        Assert.All(books.Checks, check => Assert.Equal(check.Holds, check.Findings.Count == 0));
        Assert.False(books.Reconciled);
        await GoesOnAsync(federation, auditing);
    }

    /// <summary>An honest payment after the lie is seen and proved.</summary>
    private static async Task GoesOnAsync(ForgedFederation federation, Auditing auditing)
    {
        var payment = federation.Pay(ForgedFederation.Central, Kind.Revenue, 1);
        await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.True(trace.Holds);
        Assert.Equal([StepKind.Issued, StepKind.Paid], trace.Paths.Single().Steps.Select(step => step.Kind));
    }
}
