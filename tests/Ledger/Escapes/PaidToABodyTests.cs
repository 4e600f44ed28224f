namespace FundingFlows.Ledger.Tests;

/// <summary>Money between bodies is a transfer, with its ring-fence: no body is ever paid, ordered from or owed to as a payee.</summary>
public sealed class PaidToABodyTests
{
    private readonly Stage stage = new();

    private Payee Forum => Write.Organisation(TestFederation.OrganisationOf(stage.Forum.Id));

    [Fact]
    public void Payment_ToABody_IsRefused() =>
        Refused.MustBe(MakePaymentRefusal.PayeeIsABody, stage.Council.Run(stage.Council.Payment(stage.Fund, 100) with { Payee = Forum }));

    [Fact]
    public void Payment_ToTheBodyItself_IsRefused() => Refused.MustBe(
        MakePaymentRefusal.PayeeIsABody,
        stage.Council.Run(stage.Council.Payment(stage.Fund, 100) with { Payee = Write.Organisation(TestFederation.OrganisationOf(stage.Council.Id)) }));

    [Fact]
    public void Order_FromABody_IsRefused()
    {
        var use = new PlannedSpending(stage.Fund, stage.Council.Payment(stage.Fund, 1).Project, 2026, Kind.Revenue, "libraries", Write.Place, Forum);

        Refused.MustBe(ReserveRefusal.SupplierIsABody, stage.Council.Run(new Reserve(use, Write.Day, Write.Digest("An order."), 100)));
    }
}
