namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an interest is not declared.</summary>
public sealed class DeclareInterestRefusalTests
{
    internal static readonly RefusalTable<DeclareInterest, DeclareInterestRefusal> Table = new RefusalTable<DeclareInterest, DeclareInterestRefusal>(stage =>
            new(stage.Council, new DeclareInterest(Write.Organisation())))
        .Row(DeclareInterestRefusal.PayeeMalformed, "nobody", _ => new DeclareInterest(new Payee()))
        .Row(DeclareInterestRefusal.PayeeMalformed, "an organisation without an identifier", _ => new DeclareInterest(Write.Organisation("The Roofers Ltd")))
        .Row(DeclareInterestRefusal.PayeeMalformed, "a person by name", _ => new DeclareInterest(new Payee { Person = "Ann Example" }))
        .Row(DeclareInterestRefusal.AlreadyDeclared, "what was declared", (stage, command) =>
        {
            stage.Council.Do(command);
            return command;
        })
        .Row(DeclareInterestRefusal.AlreadyDeclared, "what was declared in other letters", (stage, command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation("GB-COH-sc123456")));
            return new DeclareInterest(Write.Organisation("GB-COH-SC123456"));
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void DeclareInterest_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void DeclareInterest_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
