namespace FundingFlows.Ledger.Tests;

/// <summary>No lot's remaining is below zero or above its amount.</summary>
public sealed class LotsInBoundsTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Payment_ThatOverdrawsALot_IsFound()
    {
        var payment = stage.Council.Decide(stage.Council.Payment(stage.Fund, 8_000)).Facts[0];
        payment.PaymentMade.Pieces[0].AmountPence++;
        payment.PaymentMade.AmountPence++;

        stage.Council.Append(payment);

        Assert.EndsWith("of £80 has -£0.01 left.", Assert.Single(InvariantTests.MustBreak(Invariant.LotsInBounds, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_ThatOverdrawsALot_IsFound()
    {
        var sent = stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Revenue, 12_000)).Facts[0];
        stage.Government.Do(stage.Government.Payment(stage.Fund, 10_000));

        stage.Government.Append(sent);

        // Sent to, and received by, a council that cannot know.
        stage.Federation.Settle();
        Assert.EndsWith("of £250 has -£50 left.", Assert.Single(InvariantTests.MustBreak(Invariant.LotsInBounds, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Refund_OfMoreThanWasPaid_IsFound()
    {
        var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 8_000));
        var refund = stage.Council.Decide(new RefundPayment(payment, null, 8_000)).Facts[0];
        refund.PaymentRefunded.Pieces[0].AmountPence++;

        stage.Council.Append(refund);

        var findings = InvariantTests.MustBreak(Invariant.LotsInBounds, stage.Federation, Invariant.LinesBalance);
        Assert.EndsWith("of £80 has £80.01 left.", Assert.Single(findings), StringComparison.Ordinal);
    }
}
