namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a prepared payment is not rejected.</summary>
public sealed class RejectPaymentRefusalTests
{
    internal static readonly RefusalTable<RejectPayment, RejectPaymentRefusal> Table = new RefusalTable<RejectPayment, RejectPaymentRefusal>(stage =>
            new(stage.Council, new RejectPayment(stage.Council.Prepares(), Write.Digest("Not ours."))))
        .Row(RejectPaymentRefusal.PreparationUnknown, "what nobody prepared", command => command with { Preparation = command.Preparation with { Index = 0 } })
        .Row(RejectPaymentRefusal.PreparationUnknown, "a body that prepared nothing", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(RejectPaymentRefusal.AlreadyDecided, "what was approved", (stage, command) =>
        {
            stage.Council.DoAs(Preparing.Second, new ApprovePayment(command.Preparation));
            return command;
        })
        .Row(RejectPaymentRefusal.AlreadyDecided, "what was rejected", (stage, command) =>
        {
            stage.Council.Do(command);
            return command;
        })
        .Both("a body that prepared nothing", "what was rejected");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RejectPayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RejectPayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
