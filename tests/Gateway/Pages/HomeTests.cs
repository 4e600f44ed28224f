using System.Net;
using FundingFlows.Contracts.Audit.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>The page as one comes to it: who holds what, and payments to pick from.</summary>
public sealed class HomeTests(Played played)
{
    [Theory]
    [InlineData($"Body {Central}", "Central government", "£130,000.08", "£90,000", "£0", "£0", "£40,000.08")]
    [InlineData(Played.RegionName, "Combined authority", "£90,000", "£80,000", "£0", "£0", "£10,000")]
    [InlineData($"Body {Durham}", "Council", "£80,000", "£9,000", "£0", "£65,000", "£6,000")]
    [InlineData($"Body {Easington}", "Neighbourhood forum", "£9,000", "£0", "£0", "£3,999", "£5,001")]
    public async Task Body_OnThePage_IsShownWithItsBalances(string name, params string[] cells)
    {
        var page = await Page.OfAsync(played.Front, "/");
        var table = page with { Html = page.Html[page.Html.IndexOf("bodies-heading", StringComparison.Ordinal)..] };

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal([name, .. cells], table.RowOf(name).SkipLast(1));
        Assert.EndsWith("entries, checked", table.RowOf(name)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatHasOnlyBegun_HasOneEntry() =>
        Assert.Equal([$"Body {Horden}", "Neighbourhood forum", "£0", "£0", "£0", "£0", "£0", "1 entry, checked"], (await Page.OfAsync(played.Front, "/")).RowOf($"Body {Horden}"));

    [Fact]
    public async Task Bodies_OnThePage_AreAllInTheOrderOfTiers()
    {
        var html = (await Page.OfAsync(played.Front, "/")).Html;
        var places = played.Federation.Topology.Bodies.OrderBy(body => body.Tier).ThenBy(body => body.Id, StringComparer.Ordinal)
            .Select(body => html.IndexOf($"href=\"/?body={body.Id}\"", StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Payments_OnThePage_CanBePickedTheNewestFirst()
    {
        var page = await Page.OfAsync(played.Front, "/");

        Assert.Equal([played.OfOnePiece.Id, $"Body {Easington}", "GB-CHC-0000001", "community building", "£4,000.01"], page.RowOf(played.OfOnePiece.Id));
        Assert.InRange(
            page.Html.IndexOf($"href=\"/?payment={played.OfOnePiece.Id}\"", StringComparison.Ordinal), 1,
            page.Html.IndexOf($"href=\"/?payment={played.OfTwoPieces.Id}\"", StringComparison.Ordinal));
        Assert.Empty(page.Pictures);
    }

    [Fact]
    public async Task Payments_OfAPickedBody_AreItsOwn()
    {
        var page = await Page.OfAsync(played.Front, $"/?body={Durham}");

        Assert.Contains($"The newest payments of {Durham}", page.Text, StringComparison.Ordinal);
        Assert.Contains(played.OfTwoPieces.Id, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(played.OfOnePiece.Id, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_OnSeveralPagesOfTheAuditor_AreAllShown()
    {
        var told = new Told { Bodies = { new AuditedBody { Id = "A", OfficialName = "First" }, new AuditedBody { Id = "B", OfficialName = "Second" }, new AuditedBody { Id = "C", OfficialName = "Third" } } };
        await using var auditor = await AuditDouble.StartAsync(told);
        var page = await Page.OfAsync(auditor.Front, "/");

        Assert.All(told.Bodies, body => Assert.Contains(body.OfficialName, page.Text, StringComparison.Ordinal));
        Assert.Contains("There are none yet.", page.Text, StringComparison.Ordinal);
    }
}
