using System.Text.Json;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;
using Date = Google.Type.Date;

namespace FundingFlows.Tiers.Tests;

/// <summary>A fund whose terms ask for reports, over real gRPC and REST: who owes one is shown to anyone, and no more is released to it until it has come.</summary>
public sealed class ReportsDueTests
{
    private static readonly Date Spring = new() { Year = 2026, Month = 4, Day = 20 };
    private static readonly Date EndOfJune = new() { Year = 2026, Month = 6, Day = 30 };
    private static readonly Date EndOfJuly = new() { Year = 2026, Month = 7, Day = 30 };
    private static readonly Date Late = new() { Year = 2026, Month = 7, Day = 31 };

    [Fact]
    public async Task Release_WhileAReportIsOverdue_IsRefusedUntilItHasCome()
    {
        await using var federation = await TestFederation.StartAsync();
        var (award, fund) = await SetUpAsync(federation);
        await federation.Officers.SettledAsync(await ReleaseAsync(federation, award, Spring, 100_00));

        var before = await SizeAsync(federation);
        var refused = await Failure.OfAsync(() => ReleaseAsync(federation, award, Late, 50_00));
        Assert.Equal((StatusCode.FailedPrecondition, "RELEASE_FUNDS_REPORT_OVERDUE"), (refused.Code, refused.Reason));
        Assert.Equal(
            $"{Durham} has not reported on Told Fund for 1 April 2026 to 30 June 2026, which was due on 30 July 2026: no more is released to it until it has.", refused.Sentence);
        Assert.Equal(before, await SizeAsync(federation));
        var due = new ReportDue { Fund = fund, Body = Durham, FirstDay = new Date { Year = 2026, Month = 4, Day = 1 }, LastDay = EndOfJune, DueOn = EndOfJuly, Overdue = true, HoldsBack = true };
        Assert.Equal(due, Assert.Single(await DueAsync(federation, Late)));
        Assert.Equal((false, false), (await DueAsync(federation, EndOfJuly)).Select(one => (one.Overdue, one.HoldsBack)).Single());
        Assert.Empty(await DueAsync(federation, EndOfJuly, overdueOnly: true));

        await ReportAsync(federation, fund, EndOfJune);
        await federation.Officers.SettledAsync(await ReleaseAsync(federation, award, Late, 50_00));

        var next = Assert.Single(await DueAsync(federation, Late));
        Assert.Equal((EndOfJune, 9, false), (next.ToldUpTo, next.LastDay.Month, next.Overdue));
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task Auditor_TellsAnyoneWhoOwesAReportToWhom()
    {
        await using var federation = await TestFederation.StartAsync();
        var (award, fund) = await SetUpAsync(federation);
        await federation.Officers.SettledAsync(await ReleaseAsync(federation, award, Spring, 100_00));
        await federation.Officers.AuditedAsync();

        var owed = (await new AuditService.AuditServiceClient(federation.To(AuditInstance)).ListReportsDueAsync(
            new Contracts.Audit.V1.ListReportsDueRequest { On = Late, OverdueOnly = true })).Reports;

        Assert.Equal(Assert.Single(await DueAsync(federation, Late)), Assert.Single(owed).Due);
        Assert.Equal(Central, owed[0].Funder);
    }

    [Fact]
    public async Task List_ByRest_IsForAnyoneAndOfTodayWhereNoDayIsGiven()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        var (award, fund) = await SetUpAsync(federation);
        await federation.Officers.SettledAsync(await ReleaseAsync(federation, award, Spring, 100_00));
        using var http = new HttpClient { BaseAddress = federation.HttpOf(CentralInstance) };

        var onADay = await http.GetStringAsync(new Uri($"/v1/bodies/{Central}/reports-due?on.year=2026&on.month=7&on.day=31&overdueOnly=true", UriKind.Relative));
        var today = await http.GetStringAsync(new Uri($"/v1/bodies/{Central}/reports-due", UriKind.Relative));
        using var wrong = await http.GetAsync(new Uri($"/v1/bodies/{Central}/reports-due?on.year=2026&on.month=13", UriKind.Relative));

        var report = JsonDocument.Parse(onADay).RootElement.GetProperty("reports")[0];
        Assert.Equal((fund, Durham, true, true), (
            report.GetProperty("fund").GetString(), report.GetProperty("body").GetString(), report.GetProperty("overdue").GetBoolean(), report.GetProperty("holdsBack").GetBoolean()));
        var isOverdue = TimeProvider.System.GetUtcNow() >= new DateTimeOffset(2026, 7, 31, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(isOverdue, JsonDocument.Parse(today).RootElement.GetProperty("reports")[0].GetProperty("overdue").GetBoolean());
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    /// <summary>An award of a fund of which reports are due every three months, within 30 days.</summary>
    private static async Task<(string Award, string Fund)> SetUpAsync(TestFederation federation)
    {
        var (officers, programmes) = (federation.Officers, new ProgrammeService.ProgrammeServiceClient(federation.ToBody(Central)));
        await officers.AgreeAsync(Central, Durham);
        var request = new OpenFundRequest
        {
            Body = Central,
            CommandId = Officers.NewId(),
            Name = "told-fund",
            Title = "Told Fund",
            Purpose = "Whoever has money of it reports.",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year },
            Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
            ReportEveryMonths = 3,
            ReportWithinDays = 30,
        };
        var fund = (await programmes.OpenFundAsync(request, officers.At(Central))).Terms.Fund;
        var programme = new Programme(federation);
        await programme.IssueAsync(fund, SourceKind.ParliamentaryVote, "told", 1_000_00);
        return (await programme.AwardAsync(Central, Durham, fund, Programme.Promise(Officers.Year, Kind.Revenue, 500_00)), fund);
    }

    private static async Task<Transfer> ReleaseAsync(TestFederation federation, string award, Date on, long pence) =>
        (await new TransferService.TransferServiceClient(federation.ToBody(Central)).ReleaseFundsAsync(
            new ReleaseFundsRequest
            {
                Body = Central,
                CommandId = Officers.NewId(),
                Award = award,
                FinancialYear = Officers.Year,
                Kind = Kind.Revenue,
                AmountPence = pence,
                ReleasedOn = on,
            },
            federation.Officers.At(Central))).Transfer;

    private static async Task ReportAsync(TestFederation federation, string fund, Date upTo)
    {
        var client = new ReportService.ReportServiceClient(federation.ToBody(Durham));
        var submitted = await client.SubmitReportAsync(
            new SubmitReportRequest { Body = Durham, CommandId = Officers.NewId(), Fund = fund, Funder = Central, UpTo = upTo }, federation.Officers.At(Durham));
        await Wait.UntilAsync(
            async () => (await client.GetReportAsync(new GetReportRequest { Body = Durham, Report = submitted.Report.Id })).Report, report => report.Acknowledged, "the report being acknowledged");
    }

    private static async Task<IReadOnlyList<ReportDue>> DueAsync(TestFederation federation, Date on, bool overdueOnly = false) =>
        (await new ReportService.ReportServiceClient(federation.ToBody(Central)).ListReportsDueAsync(
            new Contracts.Reports.V1.ListReportsDueRequest { Body = Central, On = on, OverdueOnly = overdueOnly })).Reports;

    private static async Task<ulong> SizeAsync(TestFederation federation) => (await federation.Officers.BodyAsync(Central)).JournalSize;
}
