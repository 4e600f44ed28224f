namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a succession is not ordered.</summary>
public sealed class OrderSuccessionRefusalTests
{
    private const string First = "E06000021", Second = "E06000022";

    internal static readonly RefusalTable<OrderSuccession, OrderSuccessionRefusal> Table = new RefusalTable<OrderSuccession, OrderSuccessionRefusal>(stage =>
            new(stage.Government, stage.Ordering()))
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "no successors", command => command with { Successors = [] })
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "nine successors", command => command with { Successors = [.. Enumerable.Range(1, 9).Select(i => Share($"E0600003{i}", 1_000))] })
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "a share of nothing", command => command with { Successors = [Share(First, 10_000), Share(Second, 0)] })
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "a share of more than all", command => command with { Successors = [Share(First, 10_001)] })
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "a share beyond all counting", command => command with { Successors = [Share(First, uint.MaxValue), Share(Second, 10_001)] })
        .Row(OrderSuccessionRefusal.SuccessorsMalformed, "a successor that is no id", command => command with { Successors = [Share("not an id", 10_000)] })
        .Row(OrderSuccessionRefusal.DayMalformed, "a day before the financial years", command => command with { VestingDay = new DateOnly(2000, 3, 31) })
        .Row(OrderSuccessionRefusal.DayMalformed, "a day behind the financial years", command => command with { VestingDay = new DateOnly(2200, 4, 1) })
        .Row(OrderSuccessionRefusal.BodyUnknown, "a body that it has not registered", command => command with { Predecessor = "E06000009" })
        .Row(OrderSuccessionRefusal.BodyClosed, "a body that was closed", (Stage stage, OrderSuccession command) =>
        {
            Close(stage, command.Predecessor);
            return command;
        })
        .Row(OrderSuccessionRefusal.AlreadyOrdered, "a body that has successors", (Stage stage, OrderSuccession command) =>
        {
            stage.Government.Do(new OrderSuccession(command.Predecessor, [Share(First, 10_000)], Abolished.Day));
            return command;
        })
        .Row(OrderSuccessionRefusal.StillTakingOver, "a body that is still taking over from another", (Stage stage, OrderSuccession command) =>
        {
            stage.Government.Do(new OrderSuccession(First, [Share(command.Predecessor, 10_000)], Abolished.Day));
            return command;
        })
        .Row(OrderSuccessionRefusal.SuccessorIsItself, "itself as a successor", command => command with { Successors = [Share(First, 5_000), Share(command.Predecessor, 5_000)] })
        .Row(OrderSuccessionRefusal.SuccessorRepeated, "a successor twice", command => command with { Successors = [Share(First, 5_000), Share(First, 5_000)] })
        .Row(OrderSuccessionRefusal.SuccessorUnknown, "a successor that it has not registered", command => command with { Successors = [Share(First, 5_000), Share("E06000009", 5_000)] })
        .Row(OrderSuccessionRefusal.SuccessorEnded, "a successor that was closed", (Stage stage, OrderSuccession command) =>
        {
            Close(stage, Second);
            return command;
        })
        .Row(OrderSuccessionRefusal.SuccessorEnded, "a successor that is abolished itself", (Stage stage, OrderSuccession command) =>
        {
            stage.Government.Do(new OrderSuccession(Second, [Share(First, 10_000)], Abolished.Day));
            return command;
        })
        .Row(OrderSuccessionRefusal.SuccessorOfAnotherTier, "a forum as a successor", (Stage stage, OrderSuccession command) =>
        {
            stage.Government.Do(Abolished.Registering(stage.Forum));
            return command with { Successors = [Share(First, 5_000), Share(stage.Forum.Id, 5_000)] };
        })
        .Row(OrderSuccessionRefusal.SharesNotWhole, "shares that leave something over", command => command with { Successors = [Share(First, 5_000), Share(Second, 4_999)] })
        .Row(OrderSuccessionRefusal.SharesNotWhole, "shares of more than there is", command => command with { Successors = [Share(First, 10_000), Share(Second, 1)] })
        .Both("no successors", "a day before the financial years")
        .Both("a day behind the financial years", "a body that it has not registered")
        .Both("a body that was closed", "a successor twice")
        .Both("a body that has successors", "shares that leave something over")
        .Both("a body that has successors", "itself as a successor");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void OrderSuccession_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void OrderSuccession_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    internal static Successor Share(string body, uint basisPoints) => new() { Body = body, BasisPoints = basisPoints };

    private static void Close(Stage stage, string body) => stage.Government.Append(new Fact
    {
        BodyClosed = new BodyClosed { Delivery = Answers.Of(stage.Forum, 1, new Fact { ClosingAsked = new() }).ToRef(), Body = body, LastDay = Abolished.Day.ToDate() },
    });
}
