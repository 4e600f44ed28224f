namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not resumed.</summary>
public sealed class ResumeAgreementRefusalTests
{
    internal static readonly RefusalTable<ResumeAgreement, ResumeAgreementRefusal> Table = new RefusalTable<ResumeAgreement, ResumeAgreementRefusal>(stage =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return new(stage.Council, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));
        })
        .Row(ResumeAgreementRefusal.AgreementUnknown, "an agreement of other bodies", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(ResumeAgreementRefusal.NotInForce, "an agreement that has ended", (Stage stage, Attempt<ResumeAgreement> attempt) =>
        {
            stage.Government.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(ResumeAgreementRefusal.NotSuspendedHere, "the other party's suspension", (stage, attempt) => attempt with { By = stage.Government })
        .Row(ResumeAgreementRefusal.NotSuspendedHere, "an agreement that is not suspended", (stage, attempt) =>
            attempt with { Command = attempt.Command with { Agreement = stage.ForumAgreement } });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ResumeAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ResumeAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
