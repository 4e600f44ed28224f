namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body carries out no command at all any more.</summary>
public sealed class BodyRefusalTests
{
    internal static readonly RefusalTable<OpenFund, BodyRefusal> Table = new RefusalTable<OpenFund, BodyRefusal>(stage =>
            new(stage.Stranger, Write.Fund("levy", [Write.Share(Kind.Either, 10_000)])))
        .Row(BodyRefusal.Succeeded, "a body that was abolished", (Stage stage, Attempt<OpenFund> attempt) =>
        {
            stage.Government.Do(stage.Ordering());
            stage.Federation.Settle();
            return attempt with { By = stage.Council };
        })
        .Row(BodyRefusal.Closing, "a body that has asked to be closed", (Stage stage, Attempt<OpenFund> attempt) =>
        {
            stage.Stranger.Do(new CloseBody(new DateOnly(2027, 3, 31)));
            return attempt;
        })
        .Row(BodyRefusal.Closing, "a body whose journal is sealed", (Stage stage, Attempt<OpenFund> attempt) =>
        {
            stage.Stranger.Append(new Fact { JournalSealed = new JournalSealed() });
            return attempt;
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Command_AtABodyThatActsNoMore_IsRefusedForThat(string row) => Table.MustRefuse(row);

    [Fact]
    public void Command_AtABodyThatActs_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
