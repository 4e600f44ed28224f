using System.Net;

namespace FundingFlows.Gateway.Tests;

/// <summary>A payment that is not there, or not written as payments are: a plain sentence, and the rest of the page.</summary>
public sealed class WrongPaymentTests(Played played)
{
    [Theory]
    [InlineData("E05009057.1.99999")]
    [InlineData("E06000099.1.1")]
    public async Task Payment_ThatNobodyKnows_IsNotFoundInASentence(string payment)
    {
        var page = await Page.OfAsync(played.Front, $"/?payment={payment}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal($"We know of no payment {payment}. If it was made just now, please try again in a few seconds.", page.Problem);
        AssertGoesOn(page, payment);
    }

    [Fact]
    public async Task Entry_ThatIsNoPayment_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Page.OfAsync(played.Front, $"/?payment={TestTopology.Easington}.1.0")).Status);

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("E05009057.1", "E05009057.1")]
    [InlineData("%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>")]
    [InlineData("%22%20onfocus=%22alert(1)", "\" onfocus=\"alert(1)")]
    [InlineData("Bun%20B%C3%B3%E2%80%A6", "Bun Bó…")]
    [InlineData("E05009057.1.1&payment=E05009057.1.2", "E05009057.1.1,E05009057.1.2")]
    public async Task Payment_WrittenOtherwise_IsInvalidInASentence(string sent, string read)
    {
        var page = await Page.OfAsync(played.Front, $"/?payment={sent}");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal($"“{read}” is not how a payment is written. It looks like this: {played.OfOnePiece.Id}", page.Problem);
        AssertGoesOn(page, read);
    }

    [Fact]
    public async Task Payment_OfManyLetters_IsInvalidAsAnyOther()
    {
        var page = await Page.OfAsync(played.Front, $"/?payment={new string('x', 5_000)}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Theory]
    [InlineData("/?payment=")]
    [InlineData("/?payment=%20")]
    public async Task Payment_ThatIsEmpty_IsNoQuestion(string path)
    {
        var page = await Page.OfAsync(played.Front, path);
        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Problem));
    }

    /// <summary>Nothing that was sent is a tag or an attribute of the page, it can be mended in its field, and there is the rest to pick from.</summary>
    private void AssertGoesOn(Page page, string payment)
    {
        Assert.Empty(page.Pictures);
        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        var field = page.Html[page.Html.IndexOf("<input id=\"payment\"", StringComparison.Ordinal)..];
        var value = field[(field.IndexOf("value=\"", StringComparison.Ordinal) + 7)..];
        Assert.Equal(payment, WebUtility.HtmlDecode(value[..value.IndexOf('"', StringComparison.Ordinal)]));
        Assert.Contains($"href=\"/?payment={played.OfOnePiece.Id}\"", page.Html, StringComparison.Ordinal);
    }
}
