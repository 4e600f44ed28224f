namespace FundingFlows.Ledger.Tests;

/// <summary>How a funder answers the acceptance of its proposal.</summary>
public sealed class AcceptanceAnswerTests
{
    internal static readonly AnswerTable<AgreementAccepted> Table = new AnswerTable<AgreementAccepted>(
            stage =>
            {
                var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
                stage.Federation.Settle();
                return Letter.Of(stage.Stranger, stage.Government, new AcceptAgreement(agreement));
            },
            fact => fact.AgreementAccepted)
        .Row(DeliveryRefusal.Malformed, "no agreement named", (AgreementAccepted fact) => fact.Agreement = null)
        .Row(DeliveryRefusal.Malformed, "an agreement that no journal can hold", (AgreementAccepted fact) => fact.Agreement.Index = ulong.MaxValue)
        .Row(DeliveryRefusal.Malformed, "an agreement that was not proposed", (AgreementAccepted fact) => fact.Agreement.Index++)
        .Row(DeliveryRefusal.Malformed, "an agreement with another body", (stage, letter) =>
        {
            var other = stage.Federation.Add("E06000002", Tier.Council);
            letter.Facts[0].AgreementAccepted.Agreement = stage.Government.Do(new ProposeAgreement(other.Id)).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an agreement that is active", (stage, letter) =>
        {
            letter.To.Run(new ReceiveDelivery(letter.Seal()));
            letter.Facts[0].AgreementAccepted.To.Sequence = 2;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "two acceptances as one", (_, letter) => (letter with { Facts = [letter.Facts[0], letter.Facts[0]] }).Seal())
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.Malformed, "a recipient below that no body is called", (AgreementAccepted fact) => fact.RecipientsBelow.Add("The People"))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AgreementAccepted fact) => fact.To.Body = "forum-1")
        .Row(DeliveryRefusal.NotAddressedHere, "another body and no agreement", (AgreementAccepted fact) => (fact.To.Body, fact.Agreement) = ("forum-1", null));

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Acceptance_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Acceptance_ThatCanBeTaken_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Acceptance_OfOnesOwnProposalToTheSender_IsRefused()
    {
        // The forum proposed to the stranger; it cannot be made the funder by accepting what the stranger is to accept.
        var stage = new Stage();
        var agreement = stage.Forum.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Federation.Settle();
        var fact = new Fact { AgreementAccepted = new AgreementAccepted { To = new Addressed(), Agreement = agreement.ToRef() } };

        stage.Stranger.Run(new ReceiveDelivery(Answers.Forged(stage.Forum, stage.Stranger, fact)));

        Assert.Equal(AgreementStage.Proposed, stage.Stranger.Books.Agreements.Find(agreement)!.State);
    }
}
