using System.Net;

namespace FundingFlows.Tiers.Tests;

/// <summary>The double reads answers to events as the runtime does, or its tests would prove nothing.</summary>
public sealed class DaprDoubleTests
{
    [Theory]
    [InlineData(200, "", EventVerdict.Success)]
    [InlineData(204, "", EventVerdict.Success)]
    [InlineData(200, "ok", EventVerdict.Success)]
    [InlineData(200, "[]", EventVerdict.Success)]
    [InlineData(200, "{}", EventVerdict.Success)]
    [InlineData(200, """{"status":""}""", EventVerdict.Success)]
    [InlineData(200, """{"status":7}""", EventVerdict.Success)]
    [InlineData(200, """{"status":"SUCCESS"}""", EventVerdict.Success)]
    [InlineData(201, """{"Status":"DROP"}""", EventVerdict.Drop)]
    [InlineData(200, """{"status":"RETRY"}""", EventVerdict.Retry)]
    [InlineData(200, """{"status":"drop"}""", EventVerdict.Retry)]
    [InlineData(404, """{"status":"RETRY"}""", EventVerdict.Drop)]
    [InlineData(400, """{"status":"DROP"}""", EventVerdict.Retry)]
    [InlineData(413, "", EventVerdict.Retry)]
    [InlineData(500, "", EventVerdict.Retry)]
    [InlineData(302, "", EventVerdict.Retry)]
    public void Verdict_OfAnAnswer_IsTheRuntimes(int status, string body, EventVerdict verdict) =>
        Assert.Equal(verdict, EventVerdicts.Of((HttpStatusCode)status, body));
}
