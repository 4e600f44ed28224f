using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A forum that is a parish council has money of its own: an income and a precept, and the interest on what it lends.</summary>
public sealed class ForumMoneyTests : IAsyncLifetime
{
    private const string Fund = $"{Easington}.reserve";
    private TestFederation federation = null!;

    private Officers Officers => federation.Officers;

    private ProgrammeService.ProgrammeServiceClient Programmes => new(federation.ToBody(Easington));

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await Programmes.OpenFundAsync(
            new OpenFundRequest
            {
                Body = Easington,
                CommandId = Officers.NewId(),
                Name = "reserve",
                Title = "General Reserve",
                Purpose = "For what the parish itself finds needful.",
                Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year + 2 },
                Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
                RecyclingYears = 2,
            },
            Officers.At(Easington));
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    [Fact]
    public async Task Interest_OnALoanOfAForum_IsIssuedIntoItsOwnFund()
    {
        Assert.Single((await IssueAsync(SourceKind.Income)).Lots);
        Assert.Single((await IssueAsync(SourceKind.LocalLevy)).Lots);
        var loan = Officers.PaymentRequest(Easington, await Officers.ProjectAsync(Easington), Kind.Revenue, 150_00);
        (loan.Fund, loan.RepayableBy) = (Fund, new Google.Type.Date { Year = Officers.Year + 2, Month = 3, Day = 31 });
        var payments = new PaymentService.PaymentServiceClient(federation.ToBody(Easington));
        var lent = (await payments.MakePaymentAsync(loan, Officers.At(Easington))).Payment.Id;

        var repaid = await payments.RecordLoanRepaymentAsync(
            new RecordLoanRepaymentRequest
            {
                Body = Easington,
                CommandId = Officers.NewId(),
                Payment = lent,
                RepaidOn = Officers.PaidOn,
                AmountPence = 150_00,
                Interest = new LoanInterest { Fund = Fund, AmountPence = 7_50, Evidence = Officers.Evidence },
            },
            Officers.At(Easington));

        Assert.Equal(2u, repaid.Recorded.Entries);
    }

    [Theory]
    [InlineData(SourceKind.ParliamentaryVote)]
    [InlineData(SourceKind.DormantAssets)]
    public async Task Money_ThatOnlyGovernmentHas_IsNotIssuedByAForum(SourceKind kind)
    {
        var failure = await Failure.OfAsync(() => IssueAsync(kind));
        Assert.Equal((StatusCode.FailedPrecondition, "ISSUE_MONEY_SOURCE_OF_OTHERS"), (failure.Code, failure.Reason));
    }

    private async Task<IssueMoneyResponse> IssueAsync(SourceKind kind) => await Programmes.IssueMoneyAsync(
        new IssueMoneyRequest
        {
            Body = Easington,
            CommandId = Officers.NewId(),
            Fund = Fund,
            Source = new Source { Kind = kind, Reference = "2026-27" },
            AmountPence = 100_00,
        },
        Officers.At(Easington));
}
