namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why the sender of a delivery does not believe an answer.</summary>
public sealed class RecordAnswerRefusalTests
{
    internal static readonly RefusalTable<RecordAnswer, RecordAnswerRefusal> Table = new RefusalTable<RecordAnswer, RecordAnswerRefusal>(stage =>
        {
            stage.Government.Sends(stage.CouncilAward, Stage.Capital, 1);
            var sequence = Last(stage);
            stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
            return new(stage.Government, Answer(stage, sequence));
        })
        .Row(RecordAnswerRefusal.NothingSent, "a sequence that was not reached", (Stage _, RecordAnswer command) =>
            command with { Answer = command.Answer with { Sequence = command.Answer.Sequence + 1 } })
        .Row(RecordAnswerRefusal.NothingSent, "a sequence of nothing", (Stage _, RecordAnswer command) => command with { Answer = command.Answer with { Sequence = 0 } })
        .Row(RecordAnswerRefusal.NothingSent, "a body that nothing was sent to", (stage, command) =>
            command with { Answer = command.Answer with { Sender = stage.Stranger.Id } })
        .Row(RecordAnswerRefusal.AlreadyAnswered, "an answer again", (Stage stage, RecordAnswer command) =>
        {
            stage.Government.Do(command);
            return command;
        })
        .Row(RecordAnswerRefusal.AlreadyAnswered, "an answer to the first delivery", (stage, _) => Answer(stage, 1))
        .Row(RecordAnswerRefusal.AnswerContradicts, "an answer to another delivery", (Stage stage, RecordAnswer command) =>
            command with { Answer = Answer(stage, 1).Answer with { Sequence = command.Answer.Sequence } })
        .Row(RecordAnswerRefusal.AnswerContradicts, "other bytes than were delivered", (Stage _, RecordAnswer command) => command with { LeafHashes = [new byte[32]] })
        .Row(RecordAnswerRefusal.AnswerContradicts, "fewer entries than were delivered", (Stage _, RecordAnswer command) => command with { LeafHashes = [] })
        .Both("a sequence that was not reached", "other bytes than were delivered")
        .Both("an answer to the first delivery", "an answer to another delivery");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RecordAnswer_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RecordAnswer_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static long Last(Stage stage) => stage.Government.Books.Deliveries.NextSequence(stage.Council.Id) - 1;

    private static RecordAnswer Answer(Stage stage, long sequence) => new(
        stage.Council.AnswerTo(stage.Government, sequence),
        [.. stage.Government.DeliveryTo(stage.Council.Id, sequence).Entries.Select(entry => entry.LeafHash)]);
}
