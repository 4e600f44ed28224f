namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an interest is not ended.</summary>
public sealed class EndInterestRefusalTests
{
    internal static readonly RefusalTable<EndInterest, EndInterestRefusal> Table = new RefusalTable<EndInterest, EndInterestRefusal>(stage =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            return new(stage.Council, new EndInterest(Write.Organisation()));
        })
        .Row(EndInterestRefusal.PayeeMalformed, "nobody", _ => new EndInterest(new Payee()))
        .Row(EndInterestRefusal.PayeeMalformed, "a person by name", _ => new EndInterest(new Payee { Person = "Ann Example" }))
        .Row(EndInterestRefusal.NotDeclared, "another payee", _ => new EndInterest(Write.Organisation("GB-CHC-9")))
        .Row(EndInterestRefusal.NotDeclared, "another person", (Stage stage, Attempt<EndInterest> attempt) =>
        {
            stage.Council.Actor = Preparing.Second;
            return attempt;
        })
        .Row(EndInterestRefusal.NotDeclared, "what was ended", (stage, command) =>
        {
            stage.Council.Do(command);
            return command;
        })
        .Both("nobody", "another person");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void EndInterest_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void EndInterest_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
