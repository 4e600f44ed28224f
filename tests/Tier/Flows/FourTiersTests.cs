using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>One pound through four tiers, over real gRPC, and back up as a report.</summary>
public sealed class FourTiersTests
{
    private const long Issued = 100_000_00;

    [Fact]
    public async Task Pound_ThroughFourTiers_IsAccountedForEverywhere()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.AgreeAsync(Central, Region);
        await officers.AgreeAsync(Region, Durham);
        await officers.AgreeAsync(Durham, Easington);
        await officers.OpenFundAsync();
        await officers.IssueAsync(Issued);

        await officers.FundAsync(Central, Region, Kind.Either, 20_000_00, "neighbourhood-led");
        var toDurham = await officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await officers.FundAsync(Durham, Easington, Kind.Capital, 9_000_00, "neighbourhood-led");
        var payment = await officers.PayAsync(Easington, Kind.Capital, 4_000_01);
        await new PaymentService.PaymentServiceClient(federation.ToBody(Easington)).RefundPaymentAsync(
            new RefundPaymentRequest { Body = Easington, CommandId = Officers.NewId(), Payment = payment.Id, AmountPence = 1_01 }, officers.At(Easington));
        var repaid = await new TransferService.TransferServiceClient(federation.ToBody(Durham)).RepayUnderspendAsync(
            new RepayUnderspendRequest { Body = Durham, CommandId = Officers.NewId(), Award = toDurham, AmountPence = 1_000_00 }, officers.At(Durham));
        await officers.SettledAsync(repaid.Transfer);

        await HoldsAsync(federation, Central, cash: 80_000_00, spent: 0);
        await HoldsAsync(federation, Region, cash: 6_000_00, spent: 0);
        await HoldsAsync(federation, Durham, cash: 5_000_00, spent: 0);
        await HoldsAsync(federation, Easington, cash: 5_001_00, spent: 3_999_00);
        var books = await officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal((Issued, 96_001_00L, 3_999_00L), (books.IssuedPence, books.HeldPence, books.SpentPence));
    }

    [Fact]
    public async Task Report_SubmittedUpwards_ContainsThoseFromBelow()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        foreach (var (funder, recipient) in new[] { (Central, Region), (Region, Durham), (Durham, Easington) })
            await officers.AgreeAsync(funder, recipient);
        await officers.OpenFundAsync();
        await officers.IssueAsync(Issued);
        await officers.FundAsync(Central, Region, Kind.Either, 20_000_00, "neighbourhood-led");
        await officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await officers.FundAsync(Durham, Easington, Kind.Capital, 9_000_00, "neighbourhood-led");
        await officers.PayAsync(Easington, Kind.Capital, 4_000_00);

        await officers.ReportAsync(Easington, Durham);
        await officers.ReportAsync(Durham, Region);
        var report = await officers.ReportAsync(Region, Central);

        Assert.Equal(new FundTotals { HeldPence = 16_000_00, SpentPence = 4_000_00 }, report.Figures.Totals);
        var child = Assert.Single(report.Figures.Children);
        Assert.Equal(Durham, child.Report.Body);
        Assert.Equal(new FundTotals { HeldPence = 11_000_00, SpentPence = 4_000_00 }, child.Totals);
        var received = await new ReportService.ReportServiceClient(federation.ToBody(Central)).ListReceivedReportsAsync(
            new ListReceivedReportsRequest { Body = Central, Fund = Officers.FundId });
        Assert.Equal(report.Id, Assert.Single(received.Reports).Report);
        Assert.True((await officers.AuditedAsync()).Reconciled);
    }

    private static async Task HoldsAsync(TestFederation federation, string body, long cash, long spent)
    {
        var totals = (await federation.Officers.BodyAsync(body)).Totals;
        Assert.Equal((cash, spent), (totals.CashPence, totals.SpentPence));
    }
}
