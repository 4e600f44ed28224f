using System.Globalization;
using System.Net;
using System.Xml.Linq;
using FundingFlows.Contracts.Audit.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>A payment that is picked or pasted, followed on the page through a real federation.</summary>
public sealed class TraceTests(Played played)
{
    [Fact]
    public async Task Payment_ThatIsPicked_IsDrawnBodyByBodyFromItsSourceToThePayee()
    {
        var page = await PageAsync(played.OfOnePiece.Id);
        var picture = Assert.Single(page.Pictures);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(
            ["Money voted by Parliament (estimate-2026-27)", $"Body {Central}", Played.RegionName, $"Body {Durham}", $"Body {Easington}", "Payee: GB-CHC-0000001"],
            OfClass(picture, "name"));
        Assert.Equal(Enumerable.Repeat("£4,000.01", 5), OfClass(picture, "amount"));
        Assert.Equal(4, OfClass(picture, "proof").Count(proof => proof.StartsWith("✓ proved: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stop_OfAPayment_SaysWhatCameAndWentWhenAndWhatItIsFor()
    {
        var lines = Assert.Single((await PageAsync(played.OfOnePiece.Id)).Pictures).Descendants("text").Select(text => text.Value).ToList();
        var made = played.OfOnePiece.RecordedAt.ToDateTimeOffset().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

        Assert.Contains(lines, line => line.StartsWith("Central government. Put £25,000 into the fund on ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Council. Received £15,000 on ", StringComparison.Ordinal));
        Assert.Contains($"Paid £4,000.01 on {made}.", lines);
        Assert.Equal(3, lines.Count(line => line.StartsWith("Passed £4,000.01 of it on, on ", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line == "For things that last or for running costs, kept for: neighbourhood led. To be spent in 2026-27 to 2028-29."));
        Assert.Contains("Only for things that last (capital), kept for: neighbourhood led. To be spent in 2026-27 to 2028-29.", lines);
    }

    [Fact]
    public async Task Payment_OnThePage_IsSaidInWordsWithWhatCameBack()
    {
        var page = await PageAsync(played.OfOnePiece.Id);

        Assert.Contains($"£4,000.01 was paid by Body {Easington} to GB-CHC-0000001 for community building on ", page.Text, StringComparison.Ordinal);
        Assert.Contains("It was for the project “The village hall”.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("another approved it", page.Text, StringComparison.Ordinal);
        Assert.Contains("”. Of that, £1.01 has come back since.", page.Text, StringComparison.Ordinal);
        Assert.Contains("✓ Every step is proved", page.Text, StringComparison.Ordinal);
        Assert.Contains($"<title>The way of payment {played.OfOnePiece.Id} ", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_ThatASecondPersonApproved_SaysSo()
    {
        var trace = Traces.Of(Traces.Path(1, Traces.Step(StepKind.Paid, "E06000047", 1)));
        trace.Payment.ApprovedBySecondPerson = true;
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => trace });

        var page = await Page.OfAsync(auditor.Front, "/?payment=E06000047.1.3");

        Assert.Contains(". One person prepared it and another approved it.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It was for the project", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_ThatAnotherBodyMade_SaysWhoDecidedAndWhoPaid()
    {
        var trace = Traces.Of(Traces.Path(1, Traces.Step(StepKind.Paid, "E05009057", 1)));
        trace.Payment.MergeFrom(new AuditedPayment { OfficialName = "The allotments", PaidBy = "E06000047", PaidByName = "The county" });
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => trace });

        var page = await Page.OfAsync(auditor.Front, "/?payment=E05009057.1.3");

        Assert.Contains("The allotments decided it; The county, which keeps its money, paid.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_OfSeveralPieces_HasAPictureOfEach()
    {
        var page = await PageAsync(played.OfTwoPieces.Id);

        Assert.Contains("The money came in 2 pieces.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["£60,000.01", "£4,999.99"], page.Pictures.Select(picture => OfClass(picture, "amount")[0]));
    }

    [Fact]
    public async Task Steps_OfAPayment_AreATableWithTheHashOfEachEntry()
    {
        var page = await PageAsync(played.OfOnePiece.Id);
        var entry = await new JournalService.JournalServiceClient(played.Front.Grpc).GetEntryAsync(
            new GetEntryRequest { Body = Easington, Index = ulong.Parse(played.OfOnePiece.Id.Split('.')[2], CultureInfo.InvariantCulture) }, Front.For(Easington));
        var row = page.RowOf("Paid");

        Assert.Equal(($"Body {Easington}", "Paid", "£4,000.01", played.OfOnePiece.Id, "✓ holds"), (row[0], row[1], row[3], row[4], row[6]));
        Assert.Equal(Convert.ToHexStringLower(entry.LeafHash.Span)[..16] + "…", row[5]);
        Assert.EndsWith(" UTC", row[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_ThatIsPastedWithSpaces_IsFollowed() =>
        Assert.Single((await PageAsync($"%20{played.OfOnePiece.Id}%0A")).Pictures);

    private Task<Page> PageAsync(string payment) => Page.OfAsync(played.Front, $"/?payment={payment}");

    private static List<string> OfClass(XElement picture, string name) =>
        [.. picture.Descendants("text").Where(text => text.Attribute("class")?.Value == name).Select(text => text.Value)];
}
