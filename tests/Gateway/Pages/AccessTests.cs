using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FundingFlows.Gateway.Tests;

/// <summary>The page is for everyone: without a script, for who does not see, and without telling anybody else who reads what.</summary>
public sealed partial class AccessTests(Played played)
{
    [Fact]
    public async Task Page_OfAPayment_NeedsNoScript()
    {
        var html = (await PageAsync()).Html;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Handler(), html);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("""<form method="get" action="/">.*<input id="payment" name="payment".*<button type="submit">""", html.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Page_OfABody_NeedsNoScriptAndHasHeadersOfTables()
    {
        var html = (await Page.OfAsync(played.Front, $"/?body={FundingFlows.Support.TestTopology.Durham}")).Html;

        Assert.Contains("aria-labelledby=\"money-heading\"", html, StringComparison.Ordinal);
        Assert.Contains("<caption>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Handler(), html);
        Assert.All(Address().Matches(html), address => Assert.Matches("^(/|#|data:,$)", address.Groups[1].Value));
        Assert.All(HeaderCell().Matches(html), cell => Assert.Contains("scope=", cell.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfAPayment_FetchesNothingFromElsewhere() =>
        Assert.All(Address().Matches((await PageAsync()).Html), address => Assert.Matches("^(/|#|data:,$)", address.Groups[1].Value));

    [Fact]
    public async Task Page_OfAPayment_HasItsHeaders()
    {
        var headers = (await PageAsync()).Headers;

        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            headers["Content-Security-Policy"]);
        Assert.Equal(("nosniff", "no-referrer"), (headers["X-Content-Type-Options"], headers["Referrer-Policy"]));
        Assert.DoesNotContain("Server", headers.Keys);
        Assert.DoesNotContain("Set-Cookie", headers.Keys);
    }

    [Fact]
    public async Task Picture_OfAPayment_CanBeReadAloud()
    {
        foreach (var picture in (await PageAsync(played.OfTwoPieces.Id)).Pictures)
        {
            Assert.Equal("img", picture.Attribute("role")?.Value);
            var labels = picture.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal(labels, picture.Elements().Where(element => element.Name.LocalName is "title" or "desc").Select(element => element.Attribute("id")!.Value));
            var spoken = picture.Elements().Single(element => element.Name.LocalName == "desc").Value;
            // Whatever is drawn at a stop is said too.
            foreach (var text in picture.Descendants().Where(element => element.Name.LocalName == "text" && element.Attribute("class") is null))
                Assert.Contains(text.Value.Split(". ", 2)[^1].TrimEnd('.'), spoken, StringComparison.Ordinal);
            Assert.Equal(3, spoken.Split("Proved.").Length - 1);
        }
    }

    [Fact]
    public async Task Pictures_OfSeveralPieces_HaveNamesOfTheirOwn()
    {
        var ids = (await PageAsync(played.OfTwoPieces.Id)).Pictures.SelectMany(picture => picture.DescendantsAndSelf().Attributes("id")).Select(id => id.Value).ToList();

        Assert.Equal(4, ids.Count);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Page_OfAPayment_HasALanguageAWayToItsMainPartAndHeadersOfTables()
    {
        var html = (await PageAsync()).Html;

        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#main\"", html, StringComparison.Ordinal);
        Assert.Contains("<main id=\"main\"", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"payment\">", html, StringComparison.Ordinal);
        Assert.All(HeaderCell().Matches(html), cell => Assert.Contains("scope=", cell.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Style_OfThePage_IsServedAsStyle()
    {
        var style = await played.Front.GetAsync("/page.css");
        Assert.Equal("text/css", style.MediaType);
        Assert.Contains("svg .broken", style.Text, StringComparison.Ordinal);
    }

    private Task<Page> PageAsync(string? payment = null) => Page.OfAsync(played.Front, $"/?payment={payment ?? played.OfOnePiece.Id}");

    [GeneratedRegex(@"<[^>]*\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("(?:href|src|action)=\"([^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex(@"<th[\s>][^>]*>?")]
    private static partial Regex HeaderCell();
}
