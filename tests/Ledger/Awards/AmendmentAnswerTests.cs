namespace FundingFlows.Ledger.Tests;

/// <summary>How a recipient answers the offer of an amendment, and a funder its acceptance and its decline.</summary>
public sealed class AmendmentAnswerTests
{
    internal static readonly AnswerTable<AwardAmendmentOffered> Offered = new AnswerTable<AwardAmendmentOffered>(
            stage => Letter.Of(stage.Government, stage.Council, new AmendAward(stage.CouncilAward, Amendments.Raised)), fact => fact.AwardAmendmentOffered)
        .Row(DeliveryRefusal.Malformed, "no award named", (AwardAmendmentOffered fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "an award that is not known", (AwardAmendmentOffered fact) => fact.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "no promises", (AwardAmendmentOffered fact) => fact.Promises.Clear())
        .Row(DeliveryRefusal.Malformed, "a promise of nothing", (AwardAmendmentOffered fact) => fact.Promises[0].AmountPence = 0)
        .Row(DeliveryRefusal.Malformed, "promises over eleven years", (AwardAmendmentOffered fact) => fact.Promises[0].FinancialYear = 2038)
        .Row(DeliveryRefusal.Malformed, "more places than an award has", (AwardAmendmentOffered fact) =>
        {
            fact.Promises.Clear();
            fact.Promises.Add(Enumerable.Range(0, 117).Select(i => Write.Promise(2026, Kind.Revenue, 1, $"path-{i}")));
        })
        .Row(DeliveryRefusal.Malformed, "an award that was offered and not accepted", (stage, letter) =>
        {
            var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 5)]));
            stage.Federation.Settle();
            letter.Facts[0].AwardAmendmentOffered.Award = award.ToRef();
            letter.Facts[0].AwardAmendmentOffered.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an award of another funder", (stage, letter) =>
        {
            letter.Facts[0].AwardAmendmentOffered.To.Sequence = 1;
            return (letter with { From = stage.Stranger }).Seal();
        })
        .Row(DeliveryRefusal.NoAgreement, "an award whose agreement this body has ended", (stage, letter) =>
        {
            stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NoAllocation, "more than a formula gave", (stage, letter) =>
        {
            var offer = letter.Facts[0].AwardAmendmentOffered;
            offer.Award = stage.AwardsByFormula().ToRef();
            offer.To.Sequence = (ulong)stage.Council.Books.Deliveries.ExpectedSequence(stage.Government.Id, 1);
            offer.Promises.Clear();
            offer.Promises.Add(Write.Promise(2026, Kind.Revenue, 501));
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardAmendmentOffered fact) => fact.To.Body = "forum-1");

    internal static readonly AnswerTable<AwardAmendmentAccepted> Accepted = new AnswerTable<AwardAmendmentAccepted>(stage => Answering(stage, true), fact => fact.AwardAmendmentAccepted)
        .Row(DeliveryRefusal.Malformed, "no award named", (AwardAmendmentAccepted fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "no amendment named", (AwardAmendmentAccepted fact) => fact.Amendment = null)
        .Row(DeliveryRefusal.Malformed, "an amendment that was not offered", (AwardAmendmentAccepted fact) => fact.Amendment.Index++)
        .Row(DeliveryRefusal.Malformed, "an amendment that was accepted before", (stage, letter) => Before(stage, letter, true))
        .Row(DeliveryRefusal.Malformed, "an amendment that was declined before", (stage, letter) => Before(stage, letter, false))
        .Row(DeliveryRefusal.Malformed, "an answer of a body that it was not offered to", (stage, letter) =>
        {
            letter.Facts[0].AwardAmendmentAccepted.To.Sequence = 1;
            return (letter with { From = stage.Stranger }).Seal();
        })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardAmendmentAccepted fact) => fact.To.Body = "forum-1");

    internal static readonly AnswerTable<AwardAmendmentDeclined> Declined = new AnswerTable<AwardAmendmentDeclined>(stage => Answering(stage, false), fact => fact.AwardAmendmentDeclined)
        .Row(DeliveryRefusal.Malformed, "no award named", (AwardAmendmentDeclined fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "an amendment that was not offered", (AwardAmendmentDeclined fact) => fact.Amendment.Index++)
        .Row(DeliveryRefusal.Malformed, "an amendment that is in force", (stage, letter) =>
        {
            stage.Council.Do(new AnswerAmendment(stage.CouncilAward, EntryId.From(letter.Facts[0].AwardAmendmentDeclined.Amendment), true));
            stage.Federation.Settle();
            letter.Facts[0].AwardAmendmentDeclined.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardAmendmentDeclined fact) => fact.To.Body = "forum-1");

    public static TheoryData<string> OfferedRows => Offered.Names;

    public static TheoryData<string> AcceptedRows => Accepted.Names;

    public static TheoryData<string> DeclinedRows => Declined.Names;

    [Theory]
    [MemberData(nameof(OfferedRows))]
    public void Offer_ThatCannotBeTaken_IsRefusedForGood(string row) => Offered.MustRefuse(row);

    [Theory]
    [MemberData(nameof(AcceptedRows))]
    public void Acceptance_ThatCannotBeTaken_IsRefusedForGood(string row) => Accepted.MustRefuse(row);

    [Theory]
    [MemberData(nameof(DeclinedRows))]
    public void Decline_ThatCannotBeTaken_IsRefusedForGood(string row) => Declined.MustRefuse(row);

    [Fact]
    public void Offer_ThatCanBeTaken_IsAccepted() => Offered.MustAcceptTheLawful();

    [Fact]
    public void Acceptance_ThatCanBeTaken_IsAccepted() => Accepted.MustAcceptTheLawful();

    [Fact]
    public void Decline_ThatCanBeTaken_IsAccepted() => Declined.MustAcceptTheLawful();

    private static Letter Answering(Stage stage, bool accept) =>
        Letter.Of(stage.Council, stage.Government, new AnswerAmendment(stage.CouncilAward, stage.Amends(Amendments.Raised), accept));

    private static Delivery Before(Stage stage, Letter letter, bool accept)
    {
        stage.Council.Do(new AnswerAmendment(stage.CouncilAward, EntryId.From(letter.Facts[0].AwardAmendmentAccepted.Amendment), accept));
        stage.Federation.Settle();
        letter.Facts[0].AwardAmendmentAccepted.To.Sequence++;
        return letter.Seal();
    }
}
