using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Gateway.Tests;

/// <summary>Whatever stands in journals stands on the page as words, and is never a part of its HTML.</summary>
public sealed class HarmfulWordsTests
{
    private const string Harm = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";

    [Fact]
    public async Task Words_OfEverySort_AreShownAsTheyStand()
    {
        var body = new AuditedBody { Id = $"1{Harm}", OfficialName = $"2{Harm}", Quarantined = $"3{Harm}" };
        var listed = new AuditedPayment { Id = $"4{Harm}", OfficialName = $"5{Harm}", Payee = $"6{Harm}", Category = $"7{Harm}" };
        var line = new Line { Earmarks = { $"8{Harm}" }, Years = new YearWindow() };
        var step = Traces.Step(StepKind.Paid, $"9{Harm}", 1, line: line);
        var trace = Traces.Of(Traces.Path(1, step));
        trace.Paths[0].Source.Reference = $"10{Harm}";
        trace.Payment.MergeFrom(new AuditedPayment { Id = $"11{Harm}", OfficialName = $"12{Harm}", Payee = $"13{Harm}", Category = $"14{Harm}", ProjectTitle = $"15{Harm}", PaidBy = "E06000047", PaidByName = $"17{Harm}" });
        await using var auditor = await AuditDouble.StartAsync(
            new Told { Bodies = { body }, Payments = { listed }, Trace = () => trace }, new() { ["FundingFlows:Notice"] = $"16{Harm}" });

        var page = await Page.OfAsync(auditor.Front, "/?payment=E06000047.1.3");

        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page.Html, StringComparison.OrdinalIgnoreCase);
        // The id of a body is in its link alone.
        Assert.All(Enumerable.Range(2, 16), number => Assert.Contains($"{number}{Harm}", page.Text, StringComparison.Ordinal));
        Assert.Contains("/?body=1", page.Html, StringComparison.Ordinal);
        Assert.NotEmpty(page.Pictures);
    }

    [Fact]
    public async Task PickedBody_OfAnyWords_IsShownAsItStands()
    {
        await using var auditor = await AuditDouble.StartAsync(new Told());
        var page = await Page.OfAsync(auditor.Front, $"/?body={Uri.EscapeDataString(Harm)}");

        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"We know of no body {Harm}.", page.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_OfTheSettings_StandsAtTheHeadAndNoneLeavesNoRoom()
    {
        await using var noticed = await AuditDouble.StartAsync(new Told(), new() { ["FundingFlows:Notice"] = "This is a demonstration." });
        await using var silent = await AuditDouble.StartAsync(new Told());

        Assert.Contains("<p class=\"banner\">This is a demonstration.</p>", (await Page.OfAsync(noticed.Front, "/")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("banner", (await Page.OfAsync(silent.Front, "/")).Html, StringComparison.Ordinal);
    }
}
