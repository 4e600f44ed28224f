using System.Net;
using System.Text.RegularExpressions;
using FundingFlows.Contracts.Audit.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>The page as one comes to it: who holds what, and payments to pick from.</summary>
public sealed partial class HomeTests(Played played)
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

        Assert.Contains($"The newest payments of Body {Durham}", page.Text, StringComparison.Ordinal);
        Assert.Contains(played.OfTwoPieces.Id, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(played.OfOnePiece.Id, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatIsPicked_IsTheHeadingAndMarkedAmongAll()
    {
        var page = await Page.OfAsync(played.Front, $"/?body={Durham}");

        Assert.Contains($"<h1>Body {Durham}</h1>", page.Html, StringComparison.Ordinal);
        Assert.Contains($"<title>Body {Durham} – FundingFlows</title>", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Contains($"href=\"/?body={Durham}\" aria-current=\"page\"", page.Html, StringComparison.Ordinal);
        Assert.Single(page.Html.Split("aria-current").Skip(1));
    }

    [Fact]
    public async Task Body_ThatNobodyKnows_IsNotFoundInASentence()
    {
        var page = await Page.OfAsync(played.Front, "/?body=nope");

        Assert.Equal((HttpStatusCode.NotFound, "We know of no body nope. You can pick one from the list below."), (page.Status, page.Problem));
        Assert.Contains("<h1>Follow the pound</h1>", page.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/?body={Durham}\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?body=")]
    [InlineData("/?body=%20")]
    public async Task Body_ThatIsEmpty_IsNoQuestion(string path)
    {
        var page = await Page.OfAsync(played.Front, path);
        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Problem));
    }

    [Fact]
    public async Task Example_UnderTheField_IsAPaymentThatCanBeFollowed()
    {
        var example = Assert.Single(ExampleOf().Matches((await Page.OfAsync(played.Front, "/")).Html)).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await Page.OfAsync(played.Front, $"/?payment={example}")).Status);
    }

    [Fact]
    public async Task Example_WhileThereIsNoPayment_IsNone()
    {
        await using var auditor = await AuditDouble.StartAsync(new Told { Trace = () => throw new RpcException(new Status(StatusCode.InvalidArgument, "no")) });
        var page = await Page.OfAsync(auditor.Front, "/?payment=nonsense");

        Assert.DoesNotContain("payment-hint", page.Html, StringComparison.Ordinal);
        Assert.Equal("“nonsense” is not how a payment is written.", page.Problem);
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

    [GeneratedRegex("For example ([^<]*)</p>")]
    private static partial Regex ExampleOf();
}
