namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an amendment is neither accepted nor declined.</summary>
public sealed class AnswerAmendmentRefusalTests
{
    internal static readonly RefusalTable<AnswerAmendment, AnswerAmendmentRefusal> Table = new RefusalTable<AnswerAmendment, AnswerAmendmentRefusal>(stage =>
            new(stage.Council, new AnswerAmendment(stage.CouncilAward, stage.Amends(Amendments.Raised), true)))
        .Row(AnswerAmendmentRefusal.AwardUnknown, "a body that the award was not made to", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(AnswerAmendmentRefusal.AmendmentUnknown, "an entry that is no amendment", (stage, answer) => answer with { Amendment = stage.CouncilAgreement })
        .Row(AnswerAmendmentRefusal.AmendmentUnknown, "an amendment of another award", (stage, answer) => answer with { Award = stage.ForumAward })
        .Row(AnswerAmendmentRefusal.OwnOffer, "the body that offered it", (stage, attempt) => attempt with { By = stage.Government })
        .Row(AnswerAmendmentRefusal.AlreadyAnswered, "an amendment that was accepted", Answered(true))
        .Row(AnswerAmendmentRefusal.AlreadyAnswered, "an amendment that was declined", Answered(false))
        .Row(AnswerAmendmentRefusal.AlreadyAnswered, "an amendment of an award that is over", (Stage stage, AnswerAmendment answer) =>
        {
            stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return answer;
        })
        .Row(AnswerAmendmentRefusal.AgreementSuspended, "an agreement that the funder has suspended", (Stage stage, AnswerAmendment answer) =>
        {
            stage.Government.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return answer;
        })
        .Row(AnswerAmendmentRefusal.EarlierUnanswered, "another whose acceptance the funder has answered unheard", (Stage stage, AnswerAmendment answer) =>
        {
            stage.Council.Do(answer);
            stage.CarriesToTheFunder();
            return answer with { Amendment = stage.AmendsUnheard(Amendments.Lowered) };
        })
        .Both("the body that offered it", "an amendment that was declined")
        .Both("an entry that is no amendment", "the body that offered it");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnswerAmendment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AnswerAmendment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static Func<Stage, Attempt<AnswerAmendment>, Attempt<AnswerAmendment>> Answered(bool accept) => (stage, attempt) =>
    {
        attempt.By.Do(attempt.Command with { Accept = accept });
        stage.Federation.Settle();
        return attempt;
    };
}
