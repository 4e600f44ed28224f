namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not accepted.</summary>
public sealed class AcceptAgreementRefusalTests
{
    internal static readonly RefusalTable<AcceptAgreement, AcceptAgreementRefusal> Table = new RefusalTable<AcceptAgreement, AcceptAgreementRefusal>(stage =>
        {
            var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            return new(stage.Stranger, new AcceptAgreement(agreement));
        })
        .Row(AcceptAgreementRefusal.AgreementUnknown, "a proposal that has not arrived", (stage, _) => new AcceptAgreement(stage.ForumAgreement))
        .Row(AcceptAgreementRefusal.OwnProposal, "the body that proposed it", (stage, attempt) => attempt with { By = stage.Government })
        .Row(AcceptAgreementRefusal.NotProposed, "a proposal that was accepted", (stage, attempt) =>
        {
            attempt.By.Do(attempt.Command);
            stage.Federation.Settle();
            return attempt;
        })
        .Row(AcceptAgreementRefusal.NotProposed, "a proposal of which acceptance was refused", (stage, attempt) =>
        {
            attempt.By.Do(attempt.Command);
            attempt.By.Append(new Fact { DeliverySettled = Answers.RefusalOf(attempt.By, stage.Government, 1) });
            return attempt;
        })
        .Both("the body that proposed it", "a proposal that was accepted");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AcceptAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AcceptAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
