namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers what the other party does to an agreement.</summary>
public sealed class StepAnswerTests
{
    internal static readonly AnswerTable<AgreementSuspended> Suspensions = new AnswerTable<AgreementSuspended>(
            stage => Letter.Of(stage.Council, stage.Government, new SuspendAgreement(stage.CouncilAgreement, Write.Reason)), fact => fact.AgreementSuspended)
        .Row(DeliveryRefusal.Malformed, "a suspension without a reason", (AgreementSuspended fact) => fact.Reason = null)
        .Row(DeliveryRefusal.Malformed, "a suspension of no agreement", (AgreementSuspended fact) => fact.Agreement = null)
        .Row(DeliveryRefusal.Malformed, "a suspension of an agreement with another body", (stage, letter) =>
        {
            letter.Facts[0].AgreementSuspended.Agreement = stage.ForumAgreement.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "a suspension of a proposal", (stage, letter) =>
        {
            letter.Facts[0].AgreementSuspended.Agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id)).ToRef();
            return (letter with { From = stage.Stranger }).Seal();
        });

    internal static readonly AnswerTable<AgreementResumed> Resumptions = new AnswerTable<AgreementResumed>(
            stage =>
            {
                stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
                stage.Federation.Settle();
                return Letter.Of(stage.Council, stage.Government, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));
            }, fact => fact.AgreementResumed)
        .Row(DeliveryRefusal.Malformed, "a resumption with half a reason", (AgreementResumed fact) => fact.Reason.Sha256 = Google.Protobuf.ByteString.CopyFrom(new byte[16]))
        .Row(DeliveryRefusal.Malformed, "half of a resumption", (_, letter) => ProposalAnswerTests.Halved(letter));

    internal static readonly AnswerTable<AgreementEnded> Ends = new AnswerTable<AgreementEnded>(
            stage => Letter.Of(stage.Council, stage.Government, new EndAgreement(stage.CouncilAgreement, Write.Reason)), fact => fact.AgreementEnded)
        .Row(DeliveryRefusal.Malformed, "an end without a reason", (AgreementEnded fact) => fact.Reason = null)
        .Row(DeliveryRefusal.Malformed, "an end by a body that is no party", (stage, letter) =>
        {
            letter.Facts[0].AgreementEnded.To.Sequence = 1;
            return (letter with { From = stage.Stranger }).Seal();
        });

    public static TheoryData<string> SuspensionRows => Suspensions.Names;

    public static TheoryData<string> ResumptionRows => Resumptions.Names;

    public static TheoryData<string> EndRows => Ends.Names;

    [Theory]
    [MemberData(nameof(SuspensionRows))]
    public void Suspension_ThatCannotBeTaken_IsRefusedForGood(string row) => Suspensions.MustRefuse(row);

    [Theory]
    [MemberData(nameof(ResumptionRows))]
    public void Resumption_ThatCannotBeTaken_IsRefusedForGood(string row) => Resumptions.MustRefuse(row);

    [Theory]
    [MemberData(nameof(EndRows))]
    public void End_ThatCannotBeTaken_IsRefusedForGood(string row) => Ends.MustRefuse(row);

    [Fact]
    public void Steps_ThatCanBeTaken_AreAccepted()
    {
        Suspensions.MustAcceptTheLawful();
        Resumptions.MustAcceptTheLawful();
        Ends.MustAcceptTheLawful();
    }
}
