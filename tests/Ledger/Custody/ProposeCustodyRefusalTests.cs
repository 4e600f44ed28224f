namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a custody is not proposed.</summary>
public sealed class ProposeCustodyRefusalTests
{
    internal static readonly RefusalTable<ProposeCustody, ProposeCustodyRefusal> Table = new RefusalTable<ProposeCustody, ProposeCustodyRefusal>(stage =>
            new(stage.Forum, new ProposeCustody(stage.Council.Id)))
        .Row(ProposeCustodyRefusal.AgentMalformed, "an agent that no body is called", _ => new ProposeCustody("The County"))
        .Row(ProposeCustodyRefusal.NotAForum, "a council", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(ProposeCustodyRefusal.WithItself, "the forum itself", (stage, _) => new ProposeCustody(stage.Forum.Id))
        .Row(ProposeCustodyRefusal.AgentUnknown, "a body that nobody knows", _ => new ProposeCustody("E06000099"))
        .Row(ProposeCustodyRefusal.AgentGone, "a council that was closed", (Stage stage, Attempt<ProposeCustody> attempt) =>
        {
            stage.Council.TellsOfItsEnd(stage.Forum);
            return attempt;
        })
        .Row(ProposeCustodyRefusal.AlreadyThere, "a forum that has asked another", (Stage stage, Attempt<ProposeCustody> attempt) =>
        {
            stage.Forum.Do(new ProposeCustody(stage.Stranger.Id));
            return attempt;
        })
        .Row(ProposeCustodyRefusal.AlreadyThere, "a forum that has an accountable body", (Stage stage, Attempt<ProposeCustody> attempt) =>
        {
            stage.Federation.Keeps(stage.Stranger, stage.Forum);
            return attempt;
        })
        .Both("an agent that no body is called", "a council")
        .Both("a council", "a body that nobody knows")
        .Both("a body that nobody knows", "a forum that has asked another")
        .Both("a council that was closed", "a forum that has asked another");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ProposeCustody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ProposeCustody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
