namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a custody is not ended.</summary>
public sealed class EndCustodyRefusalTests
{
    internal static readonly RefusalTable<EndCustody, EndCustodyRefusal> Table = new RefusalTable<EndCustody, EndCustodyRefusal>(stage =>
            new(stage.Forum, new EndCustody(stage.Federation.Keeps(stage.Council, stage.Forum), Write.Reason)))
        .Row(EndCustodyRefusal.CustodyUnknown, "a custody of other bodies", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(EndCustodyRefusal.AlreadyOver, "a custody that the other has ended", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Council.Do(attempt.Command);
            stage.Federation.Settle();
            return attempt;
        })
        .Row(EndCustodyRefusal.AlreadyOver, "a proposal that was refused", (Stage stage, Attempt<EndCustody> _) =>
        {
            var forum = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum);
            var proposal = forum.Do(new ProposeCustody(stage.Stranger.Id));
            forum.Append(new Fact { DeliverySettled = Answers.RefusalOf(forum, stage.Stranger, 1) });
            return new(forum, new EndCustody(proposal, Write.Reason));
        })
        .Row(EndCustodyRefusal.InstructionOpen, "an instruction that waits", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Instructs();
            return attempt;
        })
        .Row(EndCustodyRefusal.InstructionOpen, "an instruction that waits at the accountable body", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Instructs();
            return attempt with { By = stage.Council };
        })
        .Row(EndCustodyRefusal.InstructionOpen, "an execution that the forum has not heard of", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Council.Do(Instructed.Executing(stage.Instructs()));
            return attempt;
        })
        .Row(EndCustodyRefusal.InstructionOpen, "an appeal that waits", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Appeals(stage.Refuses(stage.Instructs()));
            return attempt;
        })
        .Row(EndCustodyRefusal.InstructionOpen, "an appeal that waits at the accountable body", (Stage stage, Attempt<EndCustody> attempt) =>
        {
            stage.Appeals(stage.Refuses(stage.Instructs()));
            return attempt with { By = stage.Council };
        })
        .Both("a custody of other bodies", "an instruction that waits");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void EndCustody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void EndCustody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
