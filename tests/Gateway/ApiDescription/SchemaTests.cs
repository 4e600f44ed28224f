namespace FundingFlows.Gateway.Tests;

/// <summary>The schemas say what ASP.NET Core writes for a message.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("journal.v1.Piece", "amountPence", """{"type":"integer","format":"int64"}""")]
    [InlineData("journal.v1.YearWindow", "firstYear", """{"type":"integer","format":"int32"}""")]
    [InlineData("journal.v1.JournalPage", "epoch", """{"minimum":0,"type":"integer","format":"int64"}""")]
    [InlineData("journal.v1.LotRef", "index", """{"minimum":0,"type":"integer","format":"int64"}""")]
    [InlineData("journal.v1.Recorded", "leafHash", """{"type":"string","format":"byte"}""")]
    [InlineData("journal.v1.Recorded", "recordedAt", """{"type":"string","format":"date-time"}""")]
    [InlineData("journal.v1.GetCheckpointResponse", "checkpoint", """{"type":"string"}""")]
    [InlineData("audit.v1.CheckResult", "holds", """{"type":"boolean"}""")]
    [InlineData("audit.v1.CheckResult", "check", """{"$ref":"#/components/schemas/audit.v1.Check"}""")]
    [InlineData("journal.v1.Origin", "source", """{"$ref":"#/components/schemas/journal.v1.Source"}""")]
    [InlineData("journal.v1.JournalPage", "entries", """{"type":"array","items":{"type":"string","format":"byte"}}""")]
    [InlineData("journal.v1.Earmark", "spenders", """{"type":"array","items":{"$ref":"#/components/schemas/journal.v1.Tier"}}""")]
    [InlineData("journal.v1.PaymentMade", "pieces", """{"type":"array","items":{"$ref":"#/components/schemas/journal.v1.Piece"}}""")]
    public void Property_OfAMessage_HasTheTypeThatIsWritten(string message, string property, string expected)
    {
        var schema = Api.Schemas[message]!["properties"]![property]!.DeepClone().AsObject();

        schema.Remove("description");
        Assert.Equal(expected, schema.ToJsonString());
    }

    [Fact]
    public void References_Everywhere_LeadToAllComponentsAndNowhereElse()
    {
        var expected = Api.Schemas.Select(component => $"#/components/schemas/{component.Key}").ToHashSet();

        Assert.Equal(expected, Api.References(Api.Root).ToHashSet());
    }

    [Fact]
    public void Enumeration_OfTheContracts_IsTheNamesOfItsValues()
    {
        var kinds = Api.Schemas["journal.v1.Kind"]!;

        Assert.Equal("string", kinds["type"]!.GetValue<string>());
        Assert.Equal("""["KIND_UNSPECIFIED","KIND_CAPITAL","KIND_REVENUE","KIND_EITHER"]""", kinds["enum"]!.ToJsonString());
    }

    [Fact]
    public void Choice_InAMessage_IsSaidInItsDescription() =>
        Assert.Equal(
            "Who is paid. Never a body of the federation.\n\nAt most one of `organisation` and `person`.",
            Description("journal.v1.Payee"));

    [Fact]
    public void Comment_OfAMessage_IsItsDescription() =>
        Assert.Equal("Part of a lot, or all that remains of it.", Description("journal.v1.Piece"));

    [Fact]
    public void Comment_OfAField_IsTheDescriptionOfTheProperty() =>
        Assert.Equal("The lot that was issued.", $"{Api.Schemas["journal.v1.Origin"]!["properties"]!["lot"]!["description"]}");

    [Fact]
    public void Comments_OfValues_AreListedAfterTheCommentOfTheEnumeration()
    {
        Assert.Equal("How far a transfer has come, as its sender knows.", Description("transfers.v1.TransferState"));
        Assert.StartsWith(
            "What a transfer is for.\n\n- `TRANSFER_PURPOSE_ALLOCATION`: Money released down against a promise of an award.\n"
                + "- `TRANSFER_PURPOSE_REPAYMENT`: Unspent money of an award, back to its funder.\n",
            Description("journal.v1.TransferPurpose"), StringComparison.Ordinal);
    }

    [Fact]
    public void Comment_OverSeveralLines_IsOneParagraph() =>
        Assert.Equal(
            "One lot: the entry that made it and its place among the lots of that entry, from 0. As text: `body.epoch.index.ordinal`.",
            Description("journal.v1.LotRef"));

    [Fact]
    public void Detail_OfAStatus_SaysWhatItIs() =>
        Assert.Equal(["@type"], Api.Properties(Api.Schemas["google.rpc.Status"]!["properties"]!["details"]!["items"]!));

    private static string Description(string component) => Api.Schemas[component]!["description"]!.GetValue<string>();
}
