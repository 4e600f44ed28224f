namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why unspent money is not repaid.</summary>
public sealed class RepayUnderspendRefusalTests
{
    internal static readonly RefusalTable<RepayUnderspend, RepayUnderspendRefusal> Table = new RefusalTable<RepayUnderspend, RepayUnderspendRefusal>(stage =>
            new(stage.Council, new RepayUnderspend(stage.CouncilAward, null, 1_000)))
        .Row(RepayUnderspendRefusal.AmountMalformed, "no money", repayment => repayment with { AmountPence = 0 })
        .Row(RepayUnderspendRefusal.AmountMalformed, "more money than there is", repayment => repayment with { AmountPence = Pence.Most + 1 })
        .Row(RepayUnderspendRefusal.AwardUnknown, "an entry that is no award", (stage, repayment) => repayment with { Award = stage.CouncilAgreement })
        .Row(RepayUnderspendRefusal.AwardUnknown, "a body that knows nothing of it", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(RepayUnderspendRefusal.NotTheRecipient, "the funder of the award", (stage, attempt) => attempt with { By = stage.Government })
        .Row(RepayUnderspendRefusal.AwardNotAccepted, "an award that is only offered", (stage, repayment) =>
        {
            var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
            stage.Federation.Settle();
            return repayment with { Award = award };
        })
        .Row(RepayUnderspendRefusal.FunderClosed, "a funder that was closed", (Stage stage, RepayUnderspend repayment) =>
        {
            stage.Government.TellsOfItsEnd(stage.Council);
            return repayment;
        })
        // Of the £300 that came down, £60 went on to the forum.
        .Row(RepayUnderspendRefusal.NotEnoughMoney, "a penny more than is left", repayment => repayment with { AmountPence = 24_001 })
        .Row(RepayUnderspendRefusal.KeptForSomethingElse, "money held under another award", (stage, repayment) =>
        {
            var other = stage.Federation.Awards(stage.Government, stage.Council, stage.Fund, Write.Promise(2026, Kind.Capital, 500));
            stage.Federation.Releases(stage.Government, other, 0, 500);
            return repayment with { AmountPence = 24_001 };
        })
        .Row(RepayUnderspendRefusal.KeptForSomethingElse, "money of another kind than is asked for", repayment =>
            repayment with { Only = (Kind.Capital, EarmarkSet.None), AmountPence = 10_001 })
        .Row(RepayUnderspendRefusal.KeptForSomethingElse, "money with other earmarks than are asked for", repayment =>
            repayment with { Only = (Kind.Revenue, EarmarkSet.None), AmountPence = 8_001 })
        .Row(RepayUnderspendRefusal.KeptForSomethingElse, "money of another fund", (stage, repayment) =>
        {
            stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 90_000);
            return repayment with { AmountPence = 90_000 };
        })
        // All that was given has gone back but £100, which is claimed; the £30 that a supplier gave back is owed.
        .Row(RepayUnderspendRefusal.OwedForAClaim, "money that is owed for a claim", (Stage stage, RepayUnderspend repayment) =>
        {
            stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);
            var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 10_000, Kind.Capital));
            stage.Federation.Repays(stage.Council, stage.CouncilAward, 20_000);
            stage.Claims(10_000, Kind.Capital);
            stage.Council.Do(new RefundPayment(payment, null, 3_000));
            return repayment;
        })
        .Row(RepayUnderspendRefusal.TooManyPieces, "more pieces than a transfer carries", (stage, repayment) =>
        {
            const int Most = Parts.MostParts * Parts.MostPieces;
            var (award, pieces) = Pieces.Scatter(stage, Most + 1);
            stage.Federation.Releases(stage.Government, award, 0, Most);
            stage.Federation.Releases(stage.Government, award, 0, 1);
            return repayment with { Award = award, AmountPence = pieces };
        })
        .Both("no money", "an entry that is no award")
        .Both("no money", "the funder of the award")
        .Both("no money", "an award that is only offered")
        .Both("a body that knows nothing of it", "a penny more than is left")
        .Both("the funder of the award", "an award that is only offered")
        .Both("no money", "a funder that was closed")
        .Both("a funder that was closed", "a penny more than is left")
        .Both("an award that is only offered", "a penny more than is left")
        .Both("an award that is only offered", "money of another kind than is asked for");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RepayUnderspend_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RepayUnderspend_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
