namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a command that its own rules permit says nothing to another body.</summary>
public sealed class AddresseeRefusalTests
{
    internal static readonly RefusalTable<EndAgreement, AddresseeRefusal> Table = new RefusalTable<EndAgreement, AddresseeRefusal>(stage =>
            new(stage.Council, new EndAgreement(stage.CouncilAgreement, Write.Reason)))
        .Row(AddresseeRefusal.Closed, "a body that was closed", (Stage stage, EndAgreement command) =>
        {
            stage.Government.TellsOfItsEnd(stage.Council);
            return command;
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Command_ToABodyThatActsNoMore_IsRefusedForThat(string row) => Table.MustRefuse(row);

    [Fact]
    public void Command_ToABodyThatActs_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
