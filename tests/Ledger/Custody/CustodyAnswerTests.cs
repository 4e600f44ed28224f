namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers what another says about a custody.</summary>
public sealed class CustodyAnswerTests
{
    internal static readonly AnswerTable<CustodyProposed> Proposals = new AnswerTable<CustodyProposed>(
            stage => Letter.Of(stage.Forum, stage.Council, new ProposeCustody(stage.Council.Id)), fact => fact.CustodyProposed)
        .Row(DeliveryRefusal.Malformed, "half of a proposal", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "a proposal to another body", (CustodyProposed fact) => fact.To.Body = "GOV")
        .Row(DeliveryRefusal.BodyClosing, "a proposal to a body that is being closed", (_, letter) =>
        {
            letter.To.Append(new Fact { ClosingAsked = new ClosingAsked { To = new Addressed { Body = "GOV", Sequence = (ulong)letter.To.Books.Deliveries.NextSequence("GOV") }, LastDay = Write.Day.ToDate() } });
            return letter.Seal();
        });

    internal static readonly AnswerTable<CustodyAccepted> Acceptances = new AnswerTable<CustodyAccepted>(Accepting, fact => fact.CustodyAccepted)
        .Row(DeliveryRefusal.Malformed, "an acceptance of nothing", (CustodyAccepted fact) => fact.Custody = null)
        .Row(DeliveryRefusal.Malformed, "an acceptance by a body that was not asked", (stage, letter) =>
        {
            letter.Facts[0].CustodyAccepted.To.Sequence = 1;
            return (letter with { From = stage.Stranger }).Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an acceptance of what was accepted before", (_, letter) =>
        {
            letter.To.Run(new ReceiveDelivery(letter.Seal()));
            letter.From.Append(letter.Facts);
            letter.Facts[0].CustodyAccepted.To.Sequence++;
            return letter.Seal();
        });

    internal static readonly AnswerTable<CustodyEnded> Ends = new AnswerTable<CustodyEnded>(
            stage => Letter.Of(stage.Council, stage.Forum, new EndCustody(stage.Federation.Keeps(stage.Council, stage.Forum), Write.Reason)), fact => fact.CustodyEnded)
        .Row(DeliveryRefusal.Malformed, "an end without a reason", (CustodyEnded fact) => fact.Reason = null)
        .Row(DeliveryRefusal.Malformed, "an end of nothing", (CustodyEnded fact) => fact.Custody = null);

    public static TheoryData<string> ProposalRows => Proposals.Names;

    public static TheoryData<string> AcceptanceRows => Acceptances.Names;

    public static TheoryData<string> EndRows => Ends.Names;

    [Theory]
    [MemberData(nameof(ProposalRows))]
    public void Proposal_ThatCannotBeTaken_IsRefusedForGood(string row) => Proposals.MustRefuse(row);

    [Theory]
    [MemberData(nameof(AcceptanceRows))]
    public void Acceptance_ThatCannotBeTaken_IsRefusedForGood(string row) => Acceptances.MustRefuse(row);

    [Theory]
    [MemberData(nameof(EndRows))]
    public void End_ThatCannotBeTaken_IsRefusedForGood(string row) => Ends.MustRefuse(row);

    [Fact]
    public void Words_ThatCanBeTaken_AreAccepted()
    {
        Proposals.MustAcceptTheLawful();
        Acceptances.MustAcceptTheLawful();
        Ends.MustAcceptTheLawful();
    }

    private static Letter Accepting(Stage stage)
    {
        var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
        stage.Federation.Settle();
        return Letter.Of(stage.Council, stage.Forum, new AcceptCustody(custody));
    }
}
