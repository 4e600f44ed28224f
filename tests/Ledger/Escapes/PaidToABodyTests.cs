namespace FundingFlows.Ledger.Tests;

/// <summary>Money between bodies is a transfer, with its ring-fence: no body is ever paid, ordered from or owed to as a payee, by whatever identifier.</summary>
public sealed class PaidToABodyTests
{
    private const string Charity = "GB-CHC-1122334";
    private const string Company = "GB-COH-NI765432";
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
    public void Order_FromABody_IsRefused() => Refused.MustBe(ReserveRefusal.SupplierIsABody, stage.Council.Run(Order(Forum)));

    /// <summary>A forum that is a charity, and trades as a company, as the settings of an instance know it.</summary>
    [Theory]
    [InlineData(Charity)]
    [InlineData(Company)]
    [InlineData("GB-COH-ni765432")]
    public void Payment_ToABodyByAnotherIdentifier_IsRefused(string organisation)
    {
        stage.Federation.Organisations.UnionWith([Charity, Company]);

        MustRefuse(stage.Council, organisation);
    }

    /// <summary>What a body has registered it knows, whatever its instance's settings say.</summary>
    [Theory]
    [InlineData(Charity)]
    [InlineData(Company)]
    [InlineData("GB-COH-ni765432")]
    public void Payment_ToABodyThatWasRegisteredWithAnIdentifier_IsRefused(string organisation)
    {
        var payment = stage.Council.Payment(stage.Fund, 100) with { Payee = Write.Organisation(organisation) };
        Assert.NotEmpty(stage.Council.Decide(payment).Facts);
        var registration = RegisterBodyRefusalTests.Registering("forum-2").Registration;
        registration.Organisations.Add([Charity, Company]);

        stage.Council.Do(new RegisterBody(registration));

        MustRefuse(stage.Council, organisation);
    }

    /// <summary>A body never pays itself, under any identifier that its journal began with.</summary>
    [Fact]
    public void Payment_ToTheBodyItselfByTheIdentifierOfItsGenesis_IsRefused()
    {
        var council = stage.Federation.Add("E06000002", Tier.Council, organisations: ["GB-LAE-ABC"]);
        var fund = council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        council.Issues(fund, 1_000);

        Refused.MustBe(MakePaymentRefusal.PayeeIsABody, council.Decide(council.Payment(fund, 100) with { Payee = Write.Organisation("GB-LAE-abc") }));
    }

    /// <summary>Also what was prepared before the payee was known to be a body is not paid any more.</summary>
    [Fact]
    public void Payment_PreparedForWhoBecameABody_IsNotApproved()
    {
        var preparation = stage.Council.Do(stage.Council.Payment(stage.Council.Guarded(), 600) with { Payee = Write.Organisation(Charity) });
        stage.Federation.Organisations.Add(Charity);

        Refused.MustBe(ApprovePaymentRefusal.PayeeIsABody, stage.Council.RunAs(Preparing.Second, new ApprovePayment(preparation)));
    }

    private void MustRefuse(TestBody body, string organisation)
    {
        Refused.MustBe(MakePaymentRefusal.PayeeIsABody, body.Decide(body.Payment(stage.Fund, 100) with { Payee = Write.Organisation(organisation) }));
        Refused.MustBe(ReserveRefusal.SupplierIsABody, body.Decide(Order(Write.Organisation(organisation))));
        Refused.MustBe(
            RecordLiabilityRefusal.SupplierIsABody,
            body.Decide(new RecordLiability(Order(Write.Organisation(organisation)).For, Write.Day, null, Write.Digest("A delivery note."), 100)));
    }

    private Reserve Order(Payee from) => new(
        new PlannedSpending(stage.Fund, stage.Council.Payment(stage.Fund, 1).Project, 2026, Kind.Revenue, "libraries", Write.Place, from),
        Write.Day, Write.Digest("An order."), 100);
}
