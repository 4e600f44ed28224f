using System.Security.Cryptography;
using System.Text;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What an entry says of the person who gave the command: which person, and nothing about them.</summary>
public sealed class ActorTests(Town town) : IClassFixture<Town>
{
    private const string Subject = "zelda.quillfeather@example.org";

    [Fact]
    public async Task Actor_OfTheSamePerson_IsTheSameInAnyRoleAtOneBodyAndAnotherAtAnother()
    {
        var paid = await ActorAsync(Easington, TokenOf(Subject, Easington, Role.Preparer));
        var paidAgain = await ActorAsync(Easington, TokenOf(Subject, Easington, Role.Preparer, Role.Approver));
        var proposed = await new AgreementService.AgreementServiceClient(town.Federation.ToBody(Newcastle)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Newcastle, CommandId = Officers.NewId(), Recipient = Durham }, TokenOf(Subject, Newcastle, Role.ChiefFinanceOfficer));

        Assert.Equal(paid, paidAgain);
        Assert.NotEqual(paid, (await town.EntryAsync(proposed.Recorded.Entry)).Actor);
    }

    [Fact]
    public async Task Actor_OfAnyPerson_IsAHandleThatTellsNothing()
    {
        var actor = await ActorAsync(Easington, TokenOf(Subject, Easington, Role.Preparer));

        Assert.Matches("^[0-9a-f]{32}$", actor);
        foreach (var part in Subject.Split('.', '@'))
            Assert.DoesNotContain(part, actor, StringComparison.OrdinalIgnoreCase);
        // Nor does it say so to somebody who hashes the people that it may be.
        Assert.NotEqual(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{TestIssuer.Name}\n{Subject}")))[..32], actor);
    }

    [Fact]
    public async Task Actor_OfAnotherPerson_IsAnother() =>
        Assert.NotEqual(
            await ActorAsync(Easington, TokenOf(Subject, Easington, Role.Preparer)),
            await ActorAsync(Easington, TokenOf("other." + Subject, Easington, Role.Preparer)));

    [Fact]
    public async Task Actor_OfWhatABodyDoesByItself_IsEmpty()
    {
        var genesis = await town.EntryAsync($"{Easington}.1.0");
        var received = await town.EntryAsync($"{Easington}.1.1");
        Assert.Equal(("", ""), (genesis.Actor, received.Actor));
        Assert.Equal(Fact.KindOneofCase.AgreementProposalReceived, received.Fact.KindCase);
    }

    private async Task<string> ActorAsync(string body, Metadata headers)
    {
        var paid = await new PaymentService.PaymentServiceClient(town.Federation.ToBody(body)).MakePaymentAsync(town.PaymentRequest(1_00), headers);
        return (await town.EntryAsync(paid.Recorded.Entry)).Actor;
    }

    private Metadata TokenOf(string subject, string body, params Role[] roles) => Officers.With(town.Federation.Issuer.TokenOf(subject, body, roles));
}
