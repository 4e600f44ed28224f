using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Interest on a loan is new money: nobody makes it with less than issuing takes, nor without showing that it was paid.</summary>
public sealed class LoanInterestTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Interest_RecordedByAPreparer_IsRefused()
    {
        var failure = await Failure.OfAsync(() => RecordAsync(Request(), Role.Preparer));
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NEEDED"), (failure.Code, failure.Reason));
    }

    [Fact]
    public async Task Interest_WithoutEvidence_IsAtFault()
    {
        var request = Request();
        request.Interest.Evidence = "";

        var failure = await Failure.OfAsync(() => RecordAsync(request, Role.ChiefFinanceOfficer));

        Assert.Equal((StatusCode.InvalidArgument, "interest.evidence"), (failure.Code, Assert.Single(failure.Fields)));
    }

    [Fact]
    public async Task Interest_RecordedByTheChiefFinanceOfficer_IsIssuedWithItsEvidence()
    {
        var request = Request();
        var recorded = (await RecordAsync(request, Role.ChiefFinanceOfficer)).Recorded;
        Assert.Equal(recorded, (await RecordAsync(request, Role.ChiefFinanceOfficer)).Recorded);

        var place = recorded.Entry.LastIndexOf('.');
        var next = $"{recorded.Entry[..place]}.{long.Parse(recorded.Entry[(place + 1)..], System.Globalization.CultureInfo.InvariantCulture) + 1}";
        var issued = (await town.EntryAsync(next)).Fact.MoneyIssued;
        var document = (await new DocumentService.DocumentServiceClient(town.Federation.ToBody(Newcastle)).GetDocumentAsync(
            new GetDocumentRequest { Body = Newcastle, Document = Convert.ToHexStringLower(issued.Evidence.Sha256.Span) }, town.As(Newcastle, Role.Auditor))).Document;
        Assert.Equal((5, DocumentKind.InterestEvidence, Officers.Evidence), (issued.AmountPence, document.Kind, document.Words));
    }

    private RecordLoanRepaymentRequest Request() => new()
    {
        Body = Newcastle,
        CommandId = Officers.NewId(),
        Payment = town.Loan,
        RepaidOn = Officers.PaidOn,
        AmountPence = 47,
        Interest = new LoanInterest { Fund = $"{Newcastle}.levy", AmountPence = 5, Evidence = Officers.Evidence },
    };

    private async Task<RecordLoanRepaymentResponse> RecordAsync(RecordLoanRepaymentRequest request, Role role) =>
        await new PaymentService.PaymentServiceClient(town.Federation.ToBody(Newcastle)).RecordLoanRepaymentAsync(request, town.As(Newcastle, role));
}
