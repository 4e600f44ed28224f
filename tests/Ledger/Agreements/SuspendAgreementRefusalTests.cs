namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not suspended.</summary>
public sealed class SuspendAgreementRefusalTests
{
    internal static readonly RefusalTable<SuspendAgreement, SuspendAgreementRefusal> Table = new RefusalTable<SuspendAgreement, SuspendAgreementRefusal>(stage =>
            new(stage.Council, new SuspendAgreement(stage.CouncilAgreement, Write.Reason)))
        .Row(SuspendAgreementRefusal.AgreementUnknown, "an agreement of other bodies", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(SuspendAgreementRefusal.NotInForce, "a proposal that was not answered", (stage, attempt) =>
            new(stage.Government, attempt.Command with { Agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id)) }))
        .Row(SuspendAgreementRefusal.NotInForce, "an agreement that has ended", (Stage stage, Attempt<SuspendAgreement> attempt) =>
        {
            stage.Government.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(SuspendAgreementRefusal.AlreadySuspended, "an agreement that this body has suspended", (Stage stage, Attempt<SuspendAgreement> attempt) =>
        {
            attempt.By.Do(attempt.Command);
            return attempt;
        })
        .Both("an agreement that has ended", "an agreement that this body has suspended");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void SuspendAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void SuspendAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
