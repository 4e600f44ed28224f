using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A payment that one person prepares and another decides, by the services that they use.</summary>
public sealed class SecondPersonTests(Town town) : IClassFixture<Town>
{
    private PaymentService.PaymentServiceClient Payments => new(town.Federation.ToBody(Easington));

    private InterestService.InterestServiceClient Interests => new(town.Federation.ToBody(Easington));

    [Fact]
    public async Task PossibleDuplicate_Prepared_IsPaidBySomebodyElseAlone()
    {
        var (paid, waiting) = await PrepareAsync(5_00, "anna");

        var own = await Failure.OfAsync(() => ApproveAsync(waiting.Id, "anna"));
        Assert.Equal((StatusCode.PermissionDenied, "APPROVE_PAYMENT_PREPARED_BY_SAME_PERSON"), (own.Code, own.Reason));
        var approved = (await ApproveAsync(waiting.Id, "bertha")).Payment;

        Assert.Equal((waiting.Id, paid.Id), (approved.Preparation, waiting.PossibleDuplicateOf));
        var after = (await Payments.GetPreparationAsync(new GetPreparationRequest { Body = Easington, Preparation = waiting.Id })).Preparation;
        Assert.Equal((PreparationState.Waiting, PreparationState.Approved, approved.Id), (waiting.State, after.State, after.PaidAs));
        Assert.Equal((5_00, 0), (Assert.Single(waiting.Payment.Pieces).AmountPence, after.Payment.Pieces.Count));
        Assert.False(waiting.HasAbovePence);
    }

    [Fact]
    public async Task Approver_WithAnInterest_IsRefusedUntilSomebodyElseDecides()
    {
        var (_, waiting) = await PrepareAsync(6_00, "anna");
        await DeclareAsync("clara");

        var refused = await Failure.OfAsync(() => ApproveAsync(waiting.Id, "clara"));
        Assert.Equal((StatusCode.PermissionDenied, "APPROVE_PAYMENT_APPROVER_HAS_INTEREST"), (refused.Code, refused.Reason));
        var pays = await Failure.OfAsync(() => PayAsync(town.PaymentRequest(1), "clara"));
        Assert.Equal((StatusCode.PermissionDenied, "MAKE_PAYMENT_PREPARER_HAS_INTEREST"), (pays.Code, pays.Reason));
        var interests = await Interests.ListInterestsAsync(new ListInterestsRequest { Body = Easington });
        Assert.Contains(interests.Interests, interest => interest is { Payee: "GB-CHC-0000001", EndedBy: "" });

        var rejected = await Payments.RejectPaymentAsync(
            new RejectPaymentRequest { Body = Easington, CommandId = Officers.NewId(), Preparation = waiting.Id, Reasons = "It was paid before." }, As("clara"));
        Assert.Equal((PreparationState.Rejected, ""), (rejected.Preparation.State, rejected.Preparation.PaidAs));
        Assert.NotEqual("", rejected.Preparation.ReasonsDocument);
    }

    [Fact]
    public async Task Preparations_Listed_AreThoseThatWaitOrAll()
    {
        var (_, waiting) = await PrepareAsync(7_00, "anna");
        var (_, decided) = await PrepareAsync(8_00, "anna");
        await ApproveAsync(decided.Id, "bertha");

        var open = (await Payments.ListPreparationsAsync(new ListPreparationsRequest { Body = Easington, WaitingOnly = true })).Preparations.Select(one => one.Id).ToList();
        var all = (await Payments.ListPreparationsAsync(new ListPreparationsRequest { Body = Easington })).Preparations.Select(one => one.Id).ToList();

        Assert.Contains(waiting.Id, open);
        Assert.DoesNotContain(decided.Id, open);
        Assert.All([waiting.Id, decided.Id], id => Assert.Contains(id, all));
    }

    private async Task<(Payment Paid, Preparation Waiting)> PrepareAsync(long pence, string person)
    {
        var request = town.PaymentRequest(pence);
        var paid = await PayAsync(request, person);
        request.CommandId = Officers.NewId();
        var prepared = await PayAsync(request, person);
        Assert.Null(prepared.Payment);
        return (paid.Payment, prepared.Preparation);
    }

    private async Task<MakePaymentResponse> PayAsync(MakePaymentRequest request, string person) => await Payments.MakePaymentAsync(request, As(person));

    private async Task<ApprovePaymentResponse> ApproveAsync(string preparation, string person) => await Payments.ApprovePaymentAsync(
        new ApprovePaymentRequest { Body = Easington, CommandId = Officers.NewId(), Preparation = preparation }, As(person));

    private async Task DeclareAsync(string person) => await Interests.DeclareInterestAsync(
        new DeclareInterestRequest { Body = Easington, CommandId = Officers.NewId(), Payee = new InterestPayee { Organisation = "GB-CHC-0000001" } }, As(person));

    private Metadata As(string person) => Officers.With(town.Federation.Issuer.TokenOf(person, Easington, Role.Preparer, Role.Approver));
}
