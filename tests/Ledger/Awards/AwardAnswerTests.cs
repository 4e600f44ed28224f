namespace FundingFlows.Ledger.Tests;

/// <summary>How a funder answers the acceptance and the decline of its award.</summary>
public sealed class AwardAnswerTests
{
    internal static readonly AnswerTable<AwardAccepted> Accepted = new AnswerTable<AwardAccepted>(stage => Answering(stage, true), fact => fact.AwardAccepted)
        .Row(DeliveryRefusal.Malformed, "no award named", (AwardAccepted fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "an award that no journal can hold", (AwardAccepted fact) => fact.Award.Index = ulong.MaxValue)
        .Row(DeliveryRefusal.Malformed, "an award that was not offered", (AwardAccepted fact) => fact.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "an award that was accepted before", (stage, letter) =>
        {
            letter.Facts[0].AwardAccepted.Award = stage.CouncilAward.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an award to another body", (stage, letter) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Stranger);
            letter.Facts[0].AwardAccepted.Award = stage.Government.Do(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 5)])).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an answer of a body that it was not offered to", (stage, letter) =>
        {
            letter.Facts[0].AwardAccepted.To.Sequence = 1;
            return (letter with { From = stage.Stranger }).Seal();
        })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardAccepted fact) => fact.To.Body = "forum-1");

    internal static readonly AnswerTable<AwardDeclined> Declined = new AnswerTable<AwardDeclined>(stage => Answering(stage, false), fact => fact.AwardDeclined)
        .Row(DeliveryRefusal.Malformed, "no award named", (AwardDeclined fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "an award that no journal can hold", (AwardDeclined fact) => fact.Award.Index = ulong.MaxValue)
        .Row(DeliveryRefusal.Malformed, "an award that was accepted before", (stage, letter) =>
        {
            letter.Facts[0].AwardDeclined.Award = stage.CouncilAward.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardDeclined fact) => fact.To.Body = "forum-1");

    public static TheoryData<string> AcceptedRows => Accepted.Names;

    public static TheoryData<string> DeclinedRows => Declined.Names;

    [Theory]
    [MemberData(nameof(AcceptedRows))]
    public void Acceptance_ThatCannotBeTaken_IsRefusedForGood(string row) => Accepted.MustRefuse(row);

    [Theory]
    [MemberData(nameof(DeclinedRows))]
    public void Decline_ThatCannotBeTaken_IsRefusedForGood(string row) => Declined.MustRefuse(row);

    [Fact]
    public void Acceptance_ThatCanBeTaken_IsAccepted() => Accepted.MustAcceptTheLawful();

    [Fact]
    public void Decline_ThatCanBeTaken_IsAccepted() => Declined.MustAcceptTheLawful();

    private static Letter Answering(Stage stage, bool accept)
    {
        var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
        stage.Federation.Settle();
        return Letter.Of(stage.Council, stage.Government, new AnswerAward(award, accept));
    }
}
