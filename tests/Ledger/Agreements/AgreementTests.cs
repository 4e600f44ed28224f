namespace FundingFlows.Ledger.Tests;

/// <summary>How two bodies come to an agreement, each in its own time.</summary>
public sealed class AgreementTests
{
    private readonly TestFederation federation = new();
    private readonly TestBody funder, recipient;

    public AgreementTests()
    {
        funder = federation.Add("GOV", Tier.CentralGovernment);
        recipient = federation.Add("E06000001", Tier.Council);
    }

    [Fact]
    public void Agreement_FromProposalToConclusion_IsActiveWhereItIsKnownToBe()
    {
        var id = funder.Do(new ProposeAgreement(recipient.Id));
        Assert.Equal((AgreementStage.Proposed, null), StagesOf(id));

        federation.Deliver(funder, recipient.Id, 1);
        Assert.Equal((AgreementStage.Proposed, AgreementStage.Proposed), StagesOf(id));

        recipient.Do(new AcceptAgreement(id));
        Assert.Equal((AgreementStage.Proposed, AgreementStage.Active), StagesOf(id));
        Assert.Null(funder.Books.Agreements.Active(funder.Id, recipient.Id));

        federation.Deliver(recipient, funder.Id, 1);
        Assert.Equal((AgreementStage.Active, AgreementStage.Active), StagesOf(id));

        // The answers change nothing any more.
        federation.Answer(funder, recipient.Id, 1);
        federation.Answer(recipient, funder.Id, 1);
        Assert.Equal((AgreementStage.Active, AgreementStage.Active), StagesOf(id));
        Assert.Empty(funder.Books.Deliveries.Awaiting.Concat(recipient.Books.Deliveries.Awaiting));
    }

    [Fact]
    public void Agreement_Known_NamesBothItsParties()
    {
        var id = federation.Agrees(funder, recipient);

        Assert.All([funder, recipient], body =>
        {
            var agreement = Assert.Single(body.Books.Agreements.All);
            Assert.Equal((id, funder.Id, recipient.Id), (agreement.Id, agreement.Funder, agreement.Recipient));
            Assert.Equal((recipient.Id, funder.Id), (agreement.Other(funder.Id), agreement.Other(recipient.Id)));
            Assert.Same(agreement, body.Books.Agreements.Active(funder.Id, recipient.Id));
            Assert.Null(body.Books.Agreements.Active(recipient.Id, funder.Id));
        });
    }

    [Fact]
    public void Proposal_RefusedForGood_CanBeMadeAgain()
    {
        var id = funder.Do(new ProposeAgreement(recipient.Id));
        funder.Append(new Fact { DeliverySettled = Answers.RefusalOf(funder, recipient, 1) });

        Assert.Equal(AgreementStage.Refused, funder.Books.Agreements.Find(id)!.State);
        Assert.Equal(2, funder.Books.Deliveries.NextSequence(recipient.Id));
        funder.Do(new ProposeAgreement(recipient.Id));
    }

    private (AgreementStage?, AgreementStage?) StagesOf(EntryId id) =>
        (funder.Books.Agreements.Find(id)?.State, recipient.Books.Agreements.Find(id)?.State);
}
