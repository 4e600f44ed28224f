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
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void EndCustody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void EndCustody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
