using System.Net;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Every failure over REST is a status with a stable reason, and the HTTP status that belongs to it.</summary>
[Collection(OneTown.Name)]
public sealed class FailureTests(Town town) : IDisposable
{
    private const string Payments = $"/v1/bodies/{Easington}/payments";
    private readonly Rest rest = new(town, Easington);

    [Fact]
    public async Task Request_WithNothingInIt_NamesEveryFieldAtFault()
    {
        var reply = await rest.PostAsync(Payments, "{}", Token(Role.Preparer));

        Assert.Equal((HttpStatusCode.BadRequest, 3, "MALFORMED"), (reply.Status, reply.Json["code"]!.GetValue<int>(), reply.Reason));
        Assert.Equal(["command_id", "fund", "project", "financial_year", "paid_on", "kind", "category", "place", "payee", "amount_pence", "evidence"], reply.Fields);
        Assert.All(reply.Fields, field => Assert.Contains(field, reply.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_WithoutAToken_IsUnauthorized()
    {
        var reply = await rest.PostAsync(Payments, "{}");
        Assert.Equal((HttpStatusCode.Unauthorized, 16, "UNAUTHENTICATED"), (reply.Status, reply.Json["code"]!.GetValue<int>(), reply.Reason));
    }

    [Fact]
    public async Task Command_OfAnotherRole_IsForbidden()
    {
        var reply = await rest.PostAsync(Payments, "{}", Token(Role.Auditor));
        Assert.Equal((HttpStatusCode.Forbidden, 7, "ROLE_NEEDED"), (reply.Status, reply.Json["code"]!.GetValue<int>(), reply.Reason));
        Assert.Equal($"This needs the role preparer at {Easington}.", reply.Sentence);
    }

    [Theory]
    [InlineData("/v1/bodies/E06000099", HttpStatusCode.NotFound, "NOT_HERE")]
    [InlineData($"/v1/bodies/{Durham}", HttpStatusCode.NotFound, "NOT_HERE")]
    [InlineData($"/v1/bodies/{Easington}/payments/nonsense", HttpStatusCode.BadRequest, "MALFORMED")]
    [InlineData($"/v1/bodies/{Easington}/payments/{Easington}.1.0", HttpStatusCode.NotFound, "NOT_HERE")]
    [InlineData($"/v1/bodies/{Easington}/journal/99999", HttpStatusCode.NotFound, "NOT_HERE")]
    public async Task Read_OfWhatIsNotThere_HasAReason(string path, HttpStatusCode status, string reason)
    {
        var reply = await rest.GetAsync(path);
        Assert.Equal((status, reason), (reply.Status, reply.Reason));
        Assert.NotEqual("", reply.Sentence);
    }

    [Fact]
    public async Task Rule_ThatForbids_IsABadRequestWithItsSentence()
    {
        var json = Commands.Of("MakePayment", town).Request.ToString()!.Replace("Pence\": \"1700\"", "Pence\": \"100000000\"", StringComparison.Ordinal);
        var reply = await rest.PostAsync(Payments, json, Token(Role.Preparer));

        Assert.Equal((HttpStatusCode.BadRequest, 9, "MAKE_PAYMENT_NOT_ENOUGH_MONEY"), (reply.Status, reply.Json["code"]!.GetValue<int>(), reply.Reason));
        Assert.Contains("£1,000,000", reply.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_ThatWasUsedForSomethingElse_IsAConflict()
    {
        var json = Commands.Of("MakePayment", town).Request.ToString()!;
        await rest.PostAsync(Payments, json, Token(Role.Preparer));
        var reply = await rest.PostAsync(Payments, json.Replace("\"1700\"", "\"1800\"", StringComparison.Ordinal), Token(Role.Preparer));

        Assert.Equal((HttpStatusCode.Conflict, 6, "COMMAND_ID_REUSED"), (reply.Status, reply.Json["code"]!.GetValue<int>(), reply.Reason));
    }

    public void Dispose() => rest.Dispose();

    private string Token(Role role) => town.Federation.Issuer.Token(Easington, role);
}
