namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a custody is not accepted.</summary>
public sealed class AcceptCustodyRefusalTests
{
    internal static readonly RefusalTable<AcceptCustody, AcceptCustodyRefusal> Table = new RefusalTable<AcceptCustody, AcceptCustodyRefusal>(stage =>
        {
            var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
            stage.Federation.Settle();
            return new(stage.Council, new AcceptCustody(custody));
        })
        .Row(AcceptCustodyRefusal.CustodyUnknown, "a proposal to another body", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(AcceptCustodyRefusal.OwnProposal, "the forum that proposed it", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(AcceptCustodyRefusal.NotACouncil, "a department", (Stage stage, Attempt<AcceptCustody> attempt) =>
        {
            var other = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum);
            var custody = other.Do(new ProposeCustody(stage.Government.Id));
            stage.Federation.Settle();
            return new(stage.Government, new AcceptCustody(custody));
        })
        .Row(AcceptCustodyRefusal.NotProposed, "a proposal that was accepted", (Stage stage, Attempt<AcceptCustody> attempt) =>
        {
            attempt.By.Do(attempt.Command);
            return attempt;
        })
        .Row(AcceptCustodyRefusal.NotProposed, "a proposal that was withdrawn", (Stage stage, Attempt<AcceptCustody> attempt) =>
        {
            stage.Forum.Do(new EndCustody(attempt.Command.Id, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Both("the forum that proposed it", "a proposal that was withdrawn");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AcceptCustody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AcceptCustody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
