using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Gateway.Tests;

/// <summary>What does not hold is shown as such, where it does not hold; and other things that only an auditor in trouble says.</summary>
public sealed class NotProvedTests
{
    [Fact]
    public async Task Step_ThatIsNotProved_IsCrossedAtItsBodyAndNowhereElse()
    {
        var page = await PageAsync(Traces.Of(Traces.Path(
            1_00, Traces.Step(StepKind.Issued, "mhclg", 1_00), Traces.Step(StepKind.Sent, "mhclg", 1_00),
            Traces.Step(StepKind.Received, "E06000047", 1_00, holds: false), Traces.Step(StepKind.Paid, "E06000047", 1_00))));
        var picture = Assert.Single(page.Pictures);

        Assert.Contains("✗ At least one step is not proved. Look for the crosses below.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Every step is proved", page.Text, StringComparison.Ordinal);
        Assert.Equal(["stop", "stop broken"], picture.Elements().Select(group => group.Attribute("class")?.Value).Where(name => name?.StartsWith("stop", StringComparison.Ordinal) == true));
        Assert.Equal(
            ["✓ proved: mhclg.1.1, mhclg.1.2", "✗ not proved: E06000047.1.3, E06000047.1.5"],
            picture.Descendants().Where(text => text.Attribute("class")?.Value == "proof").Select(text => text.Value));
        Assert.Contains("Proved. E06000047: Received £2 on 4 May 2026. Paid £1 on 4 May 2026. Only for things that last (capital). To be spent in 2026-27. Not proved.", page.Text, StringComparison.Ordinal);
        Assert.Equal("✗ does not hold", page.RowOf("Received")[^1]);
        Assert.Equal("✓ holds", page.RowOf("Paid")[^1]);
    }

    [Fact]
    public async Task Money_ThatWasPassedOnAtOnce_IsShownSo()
    {
        var sent = Traces.Step(StepKind.Sent, "E06000047", 1_00);
        sent.PassedOnAtOnce = true;
        var page = await PageAsync(Traces.Of(Traces.Path(
            1_00, Traces.Step(StepKind.Issued, "mhclg", 1_00), Traces.Step(StepKind.Sent, "mhclg", 1_00), Traces.Step(StepKind.Received, "E06000047", 1_00), sent,
            Traces.Step(StepKind.Received, "E04000001", 1_00), Traces.Step(StepKind.Paid, "E04000001", 1_00))));

        Assert.Contains("E06000047: Received £2 on 4 May 2026. Passed £1 of it on at once, as instructed before, on 4 May 2026.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Passed £1 of it on, on 4 May 2026.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Sent at once, by a standing instruction", page.RowOf(sent.Entry)[1]);
    }

    [Fact]
    public async Task Money_ThatCameBackOnTheWay_StaysOneStop()
    {
        var page = await PageAsync(Traces.Of(Traces.Path(
            1_00, Traces.Step(StepKind.Issued, "mhclg", 1_00), Traces.Step(StepKind.Sent, "mhclg", 1_00), Traces.Step(StepKind.Reversed, "mhclg", 1_00),
            Traces.Step(StepKind.Sent, "mhclg", 1_00), Traces.Step(StepKind.Received, "E06000047", 1_00), Traces.Step(StepKind.Paid, "E06000047", 1_00))));

        Assert.Equal(
            ["✓ proved: mhclg.1.1, mhclg.1.2, mhclg.1.4", "✓ proved: E06000047.1.3, E06000047.1.5"],
            Assert.Single(page.Pictures).Descendants().Where(text => text.Attribute("class")?.Value == "proof").Select(text => text.Value));
        Assert.Equal("Reversed", page.RowOf("mhclg.1.4")[1]);
    }

    [Fact]
    public async Task Money_ThatWasMergedOnTheWay_SaysIntoWhatAndWhatItIsForSince()
    {
        var flexible = new Line { Fund = "mhclg.flexible", Kind = Kind.Revenue, Years = new YearWindow { FirstYear = 2026, LastYear = 2026 } };
        var page = await PageAsync(Traces.Of(Traces.Path(
            1_00, Traces.Step(StepKind.Issued, "mhclg", 1_00), Traces.Step(StepKind.Relabelled, "mhclg", 1_00, line: flexible), Traces.Step(StepKind.Paid, "mhclg", 1_00, line: flexible))));

        Assert.Contains(
            "mhclg: Put £2 into the fund on 4 May 2026; merged into mhclg.flexible on 4 May 2026. Paid £1 on 4 May 2026. Only for running costs (revenue). To be spent in 2026-27. Proved.",
            page.Text, StringComparison.Ordinal);
        Assert.Equal("Relabelled into mhclg.flexible", page.RowOf("mhclg.1.6")[1]);
    }

    [Fact]
    public async Task Pieces_ThatAreLeftOut_AreCounted()
    {
        var trace = Traces.Of(Traces.Path(1_00, Traces.Step(StepKind.Issued, "mhclg", 1_00), Traces.Step(StepKind.Paid, "mhclg", 1_00)), Traces.Path(2_00, Traces.Step(StepKind.Paid, "mhclg", 2_00)));
        trace.PathsLeftOut = 98;
        var page = await PageAsync(trace);

        Assert.Contains("The money came in 100 pieces.", page.Text, StringComparison.Ordinal);
        Assert.Contains("98 more pieces are not shown.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_ThatIsQuarantined_IsShownWithWhatIsWrong()
    {
        await using var auditor = await AuditDouble.StartAsync(new Told
        {
            Bodies = { new AuditedBody { Id = "E06000047", OfficialName = "Durham", Tier = Tier.Council, JournalSize = 7, Quarantined = "Entry 5 is not what it was." } },
        });
        var row = (await Page.OfAsync(auditor.Front, "/")).RowOf("Durham");

        Assert.Equal(["Durham", "Council", "£0", "£0", "£0", "£0", "£0", "Entry 5 is not what it was."], row);
    }

    [Theory]
    [InlineData(SourceKind.DormantAssets, "Dormant assets (estimate)")]
    [InlineData(SourceKind.LocalLevy, "Local levy (estimate)")]
    [InlineData(SourceKind.LoanInterest, "Interest on loans (estimate)")]
    [InlineData(SourceKind.Unspecified, "Income (estimate)")]
    public async Task Source_OfMoney_IsSaidInWords(SourceKind kind, string words)
    {
        var path = Traces.Path(1_05, Traces.Step(StepKind.Issued, "mhclg", 1_05), Traces.Step(StepKind.Paid, "mhclg", 1_05, line: new Line { Years = new YearWindow() }));
        path.Source.Kind = kind;
        var page = await PageAsync(Traces.Of(path));

        Assert.Contains($"Piece 1: £1.05, from {words}", page.Text, StringComparison.Ordinal);
    }

    private static async Task<Page> PageAsync(TracePaymentResponse trace)
    {
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => trace });
        return await Page.OfAsync(auditor.Front, "/?payment=E06000047.1.3");
    }
}
