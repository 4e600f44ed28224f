namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not ended.</summary>
public sealed class EndAgreementRefusalTests
{
    internal static readonly RefusalTable<EndAgreement, EndAgreementRefusal> Table = new RefusalTable<EndAgreement, EndAgreementRefusal>(stage =>
            new(stage.Government, new EndAgreement(stage.CouncilAgreement, Write.Reason)))
        .Row(EndAgreementRefusal.AgreementUnknown, "an agreement of other bodies", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(EndAgreementRefusal.AlreadyOver, "an agreement that the other party has ended", (Stage stage, Attempt<EndAgreement> attempt) =>
        {
            stage.Council.Do(attempt.Command);
            stage.Federation.Settle();
            return attempt;
        })
        .Row(EndAgreementRefusal.AlreadyOver, "a proposal that was refused", (stage, attempt) =>
        {
            var proposal = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Government.Append(new Fact { DeliverySettled = Answers.RefusalOf(stage.Government, stage.Stranger, 1) });
            return attempt with { Command = attempt.Command with { Agreement = proposal } };
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void EndAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void EndAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
