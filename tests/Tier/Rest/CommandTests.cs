using System.Net;
using System.Text.Json.Nodes;
using FundingFlows.Contracts.Payments.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A command by REST is the same command as by gRPC.</summary>
[Collection(OneTown.Name)]
public sealed class CommandTests(Town town) : IDisposable
{
    private const string Path = $"/v1/bodies/{Easington}/payments";
    private readonly Rest rest = new(town, Easington);

    [Fact]
    public async Task Command_ByRest_IsRecordedAndAnswered()
    {
        var command = Payment(1_23);
        var reply = await rest.PostAsync(Path, command.ToJsonString(), Token());
        var entry = await town.EntryAsync($"{reply.Json["recorded"]!["entry"]}");

        Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8"), (reply.Status, reply.ContentType));
        Assert.Equal((1_23L, Officers.FundId), (entry.Fact.PaymentMade.Pieces.Sum(piece => piece.AmountPence), entry.Fact.PaymentMade.Fund));
        Assert.Equal(123, reply.Json["payment"]!["amountPence"]!.GetValue<long>());
        Assert.Equal(new Guid(entry.CommandId.ToByteArray(), bigEndian: true).ToString(), $"{command["commandId"]}");
    }

    [Fact]
    public async Task Command_ByRestAndAgainByGrpc_IsRecordedOnce()
    {
        var command = Payment(2_34);
        var reply = await rest.PostAsync(Path, command.ToJsonString(), Token());
        command["body"] = Easington;
        var request = JsonParser.Default.Parse<MakePaymentRequest>(command.ToJsonString());
        var again = await new PaymentService.PaymentServiceClient(town.Federation.ToBody(Easington)).MakePaymentAsync(request, Officers.With(Token()));

        Assert.Equal($"{reply.Json["recorded"]!["entry"]}", again.Recorded.Entry);
    }

    [Theory]
    [InlineData("345", HttpStatusCode.OK)]
    [InlineData("\"345\"", HttpStatusCode.OK)]
    [InlineData("3.45", HttpStatusCode.BadRequest)]
    [InlineData("345.0", HttpStatusCode.BadRequest)]
    [InlineData("3e2", HttpStatusCode.BadRequest)]
    [InlineData("\"3.45\"", HttpStatusCode.BadRequest)]
    [InlineData("\"3,450\"", HttpStatusCode.BadRequest)]
    [InlineData("\"£345\"", HttpStatusCode.BadRequest)]
    [InlineData("\" 345\"", HttpStatusCode.BadRequest)]
    [InlineData("\"\"", HttpStatusCode.BadRequest)]
    [InlineData("true", HttpStatusCode.BadRequest)]
    [InlineData("[345]", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("9223372036854775808", HttpStatusCode.BadRequest)]
    [InlineData("-9223372036854775809", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("-345", HttpStatusCode.BadRequest)]
    public async Task Money_AsNumberOrText_IsWholePenceOrTheFieldAtFault(string amount, HttpStatusCode status)
    {
        var before = town.Sizes()[Easington];
        var reply = await rest.PostAsync(Path, Payment(0).ToJsonString().Replace("\"amountPence\":0", $"\"amountPence\":{amount}", StringComparison.Ordinal), Token());

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, town.Sizes()[Easington] - before);
        if (status == HttpStatusCode.OK)
            Assert.Equal(345, reply.Json["payment"]!["amountPence"]!.GetValue<long>());
        else
            Assert.Equal(["amount_pence"], reply.Fields);
    }

    [Fact]
    public async Task Path_WithABody_GoesBeforeTheBodyInTheJson()
    {
        var command = Payment(1);
        command["body"] = Horden;
        Assert.StartsWith(Easington, $"{(await rest.PostAsync(Path, command.ToJsonString(), Token())).Json["recorded"]!["entry"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_ThatEndsInAVerb_IsTheCommandOfThatName()
    {
        var reply = await rest.PostAsync(
            $"/v1/bodies/{Horden}/agreements/{town.WaitingAgreement}:accept", $$"""{"commandId": "{{Officers.NewId()}}"}""",
            town.Federation.Issuer.Token(Horden, Role.ChiefFinanceOfficer));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(Fact.KindOneofCase.AgreementAccepted, (await town.EntryAsync($"{reply.Json["recorded"]!["entry"]}")).Fact.KindCase);
    }

    public void Dispose() => rest.Dispose();

    private string Token() => town.Federation.Issuer.Token(Easington, Role.Preparer);

    private JsonObject Payment(long pence) => new()
    {
        ["commandId"] = Officers.NewId(),
        ["fund"] = Officers.FundId,
        ["financialYear"] = Officers.Year,
        ["kind"] = "KIND_CAPITAL",
        ["category"] = "community-building",
        ["place"] = Easington,
        ["payee"] = new JsonObject { ["organisation"] = "GB-CHC-0000001" },
        ["amountPence"] = pence,
        ["netPence"] = pence == 0 ? 345 : pence,
        ["project"] = town.Project,
        ["paidOn"] = new JsonObject { ["year"] = Officers.Year, ["month"] = 6, ["day"] = 1 },
        ["reference"] = $"REST-{Officers.NewId()[^12..].ToUpperInvariant()}",
        ["evidence"] = Officers.Evidence,
    };
}
