namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers the offer of an award.</summary>
public sealed class OfferAnswerTests
{
    internal static readonly AnswerTable<AwardOffered> Table = new AnswerTable<AwardOffered>(
            stage => Letter.Of(stage.Government, stage.Council, new OfferAward("E06000001", stage.Fund, [Write.Promise(2026, Kind.Revenue, 500, Write.Led)])),
            fact => fact.AwardOffered)
        .Row(DeliveryRefusal.Malformed, "no agreement named", (AwardOffered fact) => fact.Agreement = null)
        .Row(DeliveryRefusal.Malformed, "an agreement of a body without a name", (AwardOffered fact) => fact.Agreement.Body = "")
        .Row(DeliveryRefusal.Malformed, "no terms", (AwardOffered fact) => fact.Terms = null)
        .Row(DeliveryRefusal.Malformed, "terms of no version", (AwardOffered fact) => fact.Terms.Version = 0)
        .Row(DeliveryRefusal.Malformed, "terms without years", (AwardOffered fact) => fact.Terms.Years = null)
        .Row(DeliveryRefusal.Malformed, "terms of a fund without a body", (AwardOffered fact) => fact.Terms.Fund = "places")
        .Row(DeliveryRefusal.Malformed, "a title that is no label", (AwardOffered fact) => (fact.Terms.Fund, fact.Terms.Title) = ("GOV.x", new string('a', 101)))
        .Row(DeliveryRefusal.Malformed, "an earmark named in words", (AwardOffered fact) => (fact.Terms.Fund, fact.Terms.Earmarks[0].Name) = ("GOV.x", "For Ann Example"))
        .Row(DeliveryRefusal.Malformed, "terms that are too long", (AwardOffered fact) =>
        {
            fact.Terms.Fund = "GOV.x";
            fact.Terms.Earmarks[0].Places.AddRange(Enumerable.Repeat("E05000001", 3_000));
        })
        .Row(DeliveryRefusal.TermsContradict, "other terms than are known for that version", (AwardOffered fact) => fact.Terms.Earmarks[0].Spenders.Add(Tier.Council))
        .Row(DeliveryRefusal.TermsContradict, "terms of the recipient's own fund that it never wrote", (AwardOffered fact) => fact.Terms.Fund = "E06000001.levy")
        .Row(DeliveryRefusal.Malformed, "no promises", (AwardOffered fact) => fact.Promises.Clear())
        .Row(DeliveryRefusal.Malformed, "two promises for the same thing", (AwardOffered fact) => fact.Promises.Add(fact.Promises[0]))
        .Row(DeliveryRefusal.Malformed, "a promise of less than nothing", (AwardOffered fact) => fact.Promises[0].AmountPence = -1)
        .Row(DeliveryRefusal.Malformed, "funders above it out of order", (AwardOffered fact) => fact.FundersAbove.AddRange(["b", "a"]))
        .Row(DeliveryRefusal.Malformed, "an entry that offered before", (_, letter) =>
        {
            letter.To.Run(new ReceiveDelivery(letter.Seal()));
            letter.Facts[0].AwardOffered.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "two offers in one", (_, letter) => (letter with { Facts = [letter.Facts[0], letter.Facts[0]] }).Seal())
        .Row(DeliveryRefusal.Malformed, "a run in another's journal", (stage, letter) =>
        {
            letter.Facts[0].AwardOffered.Allocation = new EntryId(stage.Forum.Id, 1, 1).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NoAllocation, "terms that ask for a formula, and no run", (AwardOffered fact) => (fact.Terms.Fund, fact.Terms.AwardsByFormulaOnly) = ("GOV.x", true))
        .Row(DeliveryRefusal.Malformed, "no promises and no agreement of that name", (AwardOffered fact) =>
        {
            fact.Promises.Clear();
            fact.Agreement.Index = 0;
        })
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (AwardOffered fact) => fact.To.Body = "forum-1")
        .Row(DeliveryRefusal.NotAddressedHere, "another body and no terms", (AwardOffered fact) => (fact.To.Body, fact.Terms) = ("forum-1", null))
        .Row(DeliveryRefusal.NoAgreement, "no agreement of that name", (AwardOffered fact) => fact.Agreement.Index = 0)
        .Row(DeliveryRefusal.NoAgreement, "an agreement with another funder", (stage, letter) =>
        {
            letter.Facts[0].AwardOffered.Agreement = stage.ForumAgreement.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NoAgreement, "other terms, and no agreement of that name", (AwardOffered fact) =>
        {
            fact.Terms.Earmarks[0].Spenders.Add(Tier.Council);
            fact.Agreement.Index = 0;
        })
        .Row(DeliveryRefusal.NoAgreement, "an agreement that is only proposed", (stage, letter) =>
        {
            var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            letter.Facts[0].AwardOffered.Agreement = agreement.ToRef();
            return letter.Seal();
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Offer_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Offer_ThatCanBeTaken_IsAccepted() => Table.MustAcceptTheLawful();
}
