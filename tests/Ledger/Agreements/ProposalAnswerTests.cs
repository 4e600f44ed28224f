namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers the proposal of an agreement.</summary>
public sealed class ProposalAnswerTests
{
    internal static readonly AnswerTable<AgreementProposed> Table = new AnswerTable<AgreementProposed>(
            stage => Letter.Of(stage.Government, stage.Stranger, new ProposeAgreement(stage.Stranger.Id)), fact => fact.AgreementProposed)
        .Row(DeliveryRefusal.Malformed, "addressed to nobody", (AgreementProposed fact) => fact.To = null)
        .Row(DeliveryRefusal.Malformed, "carried under another sequence than its own", (AgreementProposed fact) => fact.To.Sequence = 2)
        .Row(DeliveryRefusal.Malformed, "another sequence and another body", (AgreementProposed fact) => fact.To = new Addressed { Body = "forum-1", Sequence = 2 })
        .Row(DeliveryRefusal.Malformed, "two proposals as one", (_, letter) => (letter with { Facts = [letter.Facts[0], letter.Facts[0]] }).Seal())
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => Halved(letter))
        .Row(DeliveryRefusal.Malformed, "an entry that proposed before", (_, letter) =>
        {
            letter.To.Run(new ReceiveDelivery(letter.Seal()));
            letter.Facts[0].AgreementProposed.To.Sequence = 2;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an accountable body that no body is called", (AgreementProposed fact) => fact.AccountableBody = "The County")
        .Row(DeliveryRefusal.Malformed, "the recipient as its own accountable body", (AgreementProposed fact) => fact.AccountableBody = fact.To.Body)
        .Row(DeliveryRefusal.Malformed, "a funder above that no body is called", (AgreementProposed fact) => fact.FundersAbove.Add("Her Majesty"))
        .Row(DeliveryRefusal.Malformed, "funders above out of order", (AgreementProposed fact) => fact.FundersAbove.Add(["b", "a"]))
        .Row(DeliveryRefusal.Malformed, "a funder above twice", (AgreementProposed fact) => fact.FundersAbove.Add(["a", "a"]))
        .Row(DeliveryRefusal.Malformed, "more funders above than can be named", (AgreementProposed fact) =>
            fact.FundersAbove.Add(Enumerable.Range(0, AgreementBook.MostNamed + 1).Select(i => $"above-{i:0000}")))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AgreementProposed fact) => fact.To.Body = "forum-1");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Proposal_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Proposal_ThatCanBeTaken_IsAccepted() => Table.MustAcceptTheLawful();

    /// <summary>The first part of two, without the second.</summary>
    internal static Delivery Halved(Letter letter)
    {
        var whole = (letter with { Facts = [letter.Facts[0], letter.Facts[0]] }).Seal();
        return whole with { Entries = [whole.Entries[0]] };
    }
}
