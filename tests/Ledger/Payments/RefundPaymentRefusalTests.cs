namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a refund is not recorded.</summary>
public sealed class RefundPaymentRefusalTests
{
    internal static readonly RefusalTable<RefundPayment, RefundPaymentRefusal> Table = new RefusalTable<RefundPayment, RefundPaymentRefusal>(stage =>
            new(stage.Council, new RefundPayment(stage.Council.Do(stage.Council.Payment(stage.Fund, 1_000)), null, 1_000)))
        .Row(RefundPaymentRefusal.AmountMalformed, "no money", refund => refund with { AmountPence = 0 })
        .Row(RefundPaymentRefusal.AmountMalformed, "less than no money", refund => refund with { AmountPence = -1_000 })
        .Row(RefundPaymentRefusal.AmountMalformed, "more money than there is", refund => refund with { AmountPence = Pence.Most + 1 })
        .Row(RefundPaymentRefusal.PaymentUnknown, "an entry that is no payment", (stage, refund) => refund with { Payment = stage.CouncilAward })
        .Row(RefundPaymentRefusal.PaymentUnknown, "a body that did not pay", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(RefundPaymentRefusal.ItWasLent, "a loan", (Stage stage, RefundPayment refund) => refund with { Payment = stage.Council.Lends(1_000) })
        .Row(RefundPaymentRefusal.MoreThanPaid, "a penny more than was paid", refund => refund with { AmountPence = 1_001 })
        .Row(RefundPaymentRefusal.MoreThanPaid, "a penny more than has not come back", (Stage stage, RefundPayment refund) =>
        {
            stage.Council.Do(refund with { AmountPence = 600 });
            return refund with { AmountPence = 401 };
        })
        .Row(RefundPaymentRefusal.MoreThanPaid, "a refund again", (Stage stage, RefundPayment refund) =>
        {
            stage.Council.Do(refund);
            return refund;
        })
        .Both("no money", "an entry that is no payment")
        .Both("less than no money", "a body that did not pay")
        .Both("more money than there is", "a refund again")
        .Both("a body that did not pay", "a penny more than was paid");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RefundPayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RefundPayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
