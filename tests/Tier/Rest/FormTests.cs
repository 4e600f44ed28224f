using System.Net;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>JSON, queries and paths that no request is made of: refused with a reason, and never read as something else.</summary>
[Collection(OneTown.Name)]
public sealed class FormTests(Town town) : IDisposable
{
    private readonly Rest forum = new(town, Easington);
    private readonly Rest centre = new(town, Central);

    /// <summary>A ring-fence that is misspelt would be money without one.</summary>
    [Fact]
    public async Task Field_ThatNobodyKnows_IsRefusedAndNotDropped()
    {
        var before = town.Sizes()[Central];
        var json = Commands.Of("ReleaseFunds", town).Request.ToString()!.Replace("\"earmarks\"", "\"earmark\"", StringComparison.Ordinal);
        var reply = await centre.PostAsync($"/v1/bodies/{Central}/awards/{town.CentralAward}/releases", json, town.Federation.Issuer.Token(Central, Role.Approver));

        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED", "earmark is not a field of this request."), (reply.Status, reply.Reason, reply.Sentence));
        Assert.Equal(before, town.Sizes()[Central]);
    }

    [Theory]
    [InlineData("""{"nonsense": 1, "payee": {"organisaton": "x"}, "kind": "KIND_CAPITOL", "fund": 5}""", "nonsense", "payee.organisaton", "kind", "fund")]
    [InlineData("""{"payee": {"organisation": "x", "person": {}}}""", "payee.person")]
    [InlineData("""{"payee": {"person": {"handle": ["x"], "Name": "y"}}}""", "payee.person.handle", "payee.person.Name")]
    [InlineData("""{"payee": "GB-CHC-1"}""", "payee")]
    [InlineData("""{"payee": [{}]}""", "payee")]
    [InlineData("""{"financialYear": 2147483648, "financial_year": "x"}""", "financial_year", "financial_year")]
    [InlineData("[]", "request")]
    [InlineData("5", "request")]
    [InlineData("null", "request")]
    public async Task Json_OfAnotherForm_NamesEveryFieldAtFault(string json, params string[] fields)
    {
        var reply = await forum.PostAsync($"/v1/bodies/{Easington}/payments", json, town.Federation.Issuer.Token(Easington, Role.Preparer));

        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED"), (reply.Status, reply.Reason));
        Assert.Equal(fields, reply.Fields);
    }

    [Theory]
    [InlineData("", "application/json", "The request is not JSON in UTF-8.")]
    [InlineData("{", "application/json", "The request is not JSON in UTF-8.")]
    [InlineData("{\"fund\": \"x\",}", "application/json", "The request is not JSON in UTF-8.")]
    [InlineData("fund=x", "application/x-www-form-urlencoded", "The content type of a request must be application/json.")]
    [InlineData("{}", "text/plain", "The content type of a request must be application/json.")]
    public async Task Request_ThatIsNoJson_IsRefusedWithAReason(string text, string mediaType, string sentence)
    {
        var reply = await forum.PostAsync($"/v1/bodies/{Easington}/payments", text, town.Federation.Issuer.Token(Easington, Role.Preparer), mediaType);
        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED", sentence), (reply.Status, reply.Reason, reply.Sentence));
    }

    [Fact]
    public async Task Request_ThatIsVeryLong_IsRefusedWithAReason()
    {
        var reply = await forum.PostAsync($"/v1/bodies/{Easington}/payments", $$"""{"narrative": "{{new string('x', 4 << 20)}}"}""", town.Federation.Issuer.Token(Easington, Role.Preparer));
        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task Name_ThatIsVeryLong_IsNotRepeatedWhole()
    {
        var reply = await forum.PostAsync($"/v1/bodies/{Easington}/payments", $$"""{"{{new string('x', 10_000)}}": 1}""", town.Federation.Issuer.Token(Easington, Role.Preparer));
        Assert.Equal([new string('x', 64) + "..."], reply.Fields);
    }

    [Theory]
    [InlineData("lots?pageSize=x", "page_size")]
    [InlineData("lots?pageSize=1.5", "page_size")]
    [InlineData("lots?remainingOnly=yes", "remaining_only")]
    [InlineData("lots?remainOnly=true", "remainOnly")]
    [InlineData("lots?body.id=x&fund=y", "body.id")]
    [InlineData("journal/first", "index")]
    [InlineData("journal/-1", "index")]
    [InlineData("journal?fromIndex=-1&epoch=x", "from_index", "epoch")]
    public async Task Query_OfAnotherForm_NamesEveryFieldAtFault(string path, params string[] fields)
    {
        var reply = await forum.GetAsync($"/v1/bodies/{Easington}/{path}");

        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED"), (reply.Status, reply.Reason));
        Assert.Equal(fields, reply.Fields);
    }

    [Theory]
    [InlineData("lots?remainingOnly=true&pageSize=5&fund=mhclg.place-fund")]
    [InlineData("lots?remaining_only=false&page_size=5")]
    [InlineData("journal/0?epoch=1")]
    public async Task Query_OfTheRightForm_IsAnswered(string path) => Assert.Equal(HttpStatusCode.OK, (await forum.GetAsync($"/v1/bodies/{Easington}/{path}")).Status);

    public void Dispose()
    {
        forum.Dispose();
        centre.Dispose();
    }
}
