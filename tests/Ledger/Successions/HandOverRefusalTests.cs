namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body hands nothing over.</summary>
public sealed class HandOverRefusalTests
{
    internal static readonly RefusalTable<HandOver, HandOverRefusal> Table = new RefusalTable<HandOver, HandOverRefusal>(stage =>
        {
            stage.Government.Do(stage.Ordering());
            stage.Federation.Settle();
            return new(stage.Council, new HandOver([("forum-1", "E06000022")]));
        })
        .Row(HandOverRefusal.ThingRepeated, "a thing twice", _ => new HandOver([("forum-1", "E06000021"), ("forum-1", "E06000022")]))
        .Row(HandOverRefusal.NoSuccessors, "a body that is not abolished", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(HandOverRefusal.TakerIsNoSuccessor, "a taker that is no successor", _ => new HandOver([("forum-1", "E06000009")]))
        .Row(HandOverRefusal.Waiting, "successors that have not answered", (Stage stage, HandOver command) =>
        {
            stage.Council.Do(command);
            return command;
        })
        .Both("a thing twice", "a body that is not abolished")
        .Both("a body that is not abolished", "a taker that is no successor")
        .Both("a taker that is no successor", "successors that have not answered");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void HandOver_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void HandOver_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
