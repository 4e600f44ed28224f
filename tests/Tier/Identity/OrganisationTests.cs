using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Registry.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body's identifiers as an organisation: from the topology into the settings of all instances, its genesis and its registration.</summary>
public sealed class OrganisationTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Body_WithACharityNumber_BeganAndIsRegisteredWithIt()
    {
        var first = await new JournalService.JournalServiceClient(town.Federation.ToBody(Byker)).GetEntryAsync(new GetEntryRequest { Body = Byker });
        var shown = await new RegistrationService.RegistrationServiceClient(town.Federation.ToBody(Newcastle)).GetRegistrationAsync(
            new GetRegistrationRequest { Body = Newcastle, Registered = Byker });

        Assert.Equal([BykerCharity], first.Entry.Fact.Genesis.Organisations);
        Assert.Equal([BykerCharity], shown.Registered.Registration.Organisations);
    }

    /// <summary>Neither the forum that would pay nor its council has registered the other: the settings know.</summary>
    [Fact]
    public async Task Payment_ToABodyByItsCharityNumber_IsRefused()
    {
        var payments = new PaymentService.PaymentServiceClient(town.Federation.ToBody(Easington));

        var refused = await Failure.OfAsync(async () => await payments.MakePaymentAsync(
            town.PaymentRequest(1, new PayeeDetails { Organisation = BykerCharity }), town.Officers.At(Easington)));

        Assert.Equal((StatusCode.FailedPrecondition, "MAKE_PAYMENT_PAYEE_IS_A_BODY"), (refused.Code, refused.Reason));
    }
}
