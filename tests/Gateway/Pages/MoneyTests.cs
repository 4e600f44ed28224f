using System.Net;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Audit.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>A resident sees what a body was promised, got, spent and has left of each year, and why.</summary>
public sealed class MoneyTests(Played played)
{
    /// <summary>The auditor's double is also where these bodies are.</summary>
    private static readonly Dictionary<string, string?> Here = new() { [$"FundingFlows:Directory:{Durham}"] = "audit", [$"FundingFlows:Directory:{Central}"] = "audit" };

    [Theory]
    [InlineData(Easington, "£9,000", "£0", "£3,999", "£5,001")]
    [InlineData(Durham, "£80,000", "£9,000", "£65,000", "£6,000")]
    public async Task Year_OfABody_IsShownAsItsOwnServiceSays(string body, string came, string passedOn, string spent, string left)
    {
        var row = (await Page.OfAsync(played.Front, $"/?body={body}")).RowOf("has not said");

        Assert.Equal(9, row.Count);
        Assert.Equal([came, passedOn, spent, "has not said", left, "not known yet", "not known yet"], row.Skip(2));
    }

    [Fact]
    public async Task Home_WithoutABody_AsksNobodyForMoney() =>
        Assert.DoesNotContain("money-heading", (await Page.OfAsync(played.Front, "/")).Html, StringComparison.Ordinal);

    [Fact]
    public async Task ClosedYear_AndForecast_AreShown()
    {
        var told = Told();
        told.Money.Settlement.Years.Add(new SettlementYear
        {
            FinancialYear = 2026,
            PromisedPence = 1_000_00,
            ReceivedPence = 900_00,
            ReleasedOnPence = 300_00,
            SpentPence = 400_01,
            ForecastPence = 0,
            LeftPence = 199_99,
            Closed = new SettlementYearEnd { UnspentPence = 199_99, CarriedPence = 19_99, ToReturnPence = 180_00 },
        });
        told.Money.Settlement.HeldPence = 199_99;
        await using var auditor = await AuditDouble.StartAsync(told, Here);
        var page = await Page.OfAsync(auditor.Front, $"/?body={Durham}");

        Assert.Equal(["2026-27", "£1,000", "£900", "£300", "£400.01", "£0", "£199.99", "£19.99", "£180"], page.RowOf("2026-27"));
        Assert.Contains("Place Fund: it holds £199.99 now.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("More funds", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Issuer_IsNotShownAsInDebtToItself()
    {
        var told = Told();
        told.Money.Settlement.Years.Add(new SettlementYear { FinancialYear = 2026, ReleasedOnPence = 500_00, LeftPence = -500_00 });
        (told.Money.Settlement.HeldPence, told.Money.Settlement.IssuedPence, told.Money.Funds.NextPageToken) = (500_00, 1_000_00, "more");
        await using var auditor = await AuditDouble.StartAsync(told, Here);
        var page = await Page.OfAsync(auditor.Front, $"/?body={Durham}");

        Assert.Equal("comes from what it put in", page.RowOf("2026-27")[6]);
        Assert.Contains("it holds £500 now, and put £1,000 in itself.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It has more funds than fit here.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/v1/bodies/{Durham}/funds?pageSize=200\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Year_InWhichMoreWentThanCame_SaysThatItWasOtherMoney()
    {
        var told = Told();
        told.Money.Settlement.Years.Add(new SettlementYear { FinancialYear = 2026, SpentPence = 5, LeftPence = -5 });
        await using var auditor = await AuditDouble.StartAsync(told, Here);
        Assert.Equal("comes from other years or funds", (await Page.OfAsync(auditor.Front, $"/?body={Durham}")).RowOf("2026-27")[6]);
    }

    [Fact]
    public async Task Share_ThatAFormulaGave_IsExplainedInTheWordsOfItsFunder()
    {
        var told = Told();
        told.Money.Awards.AddRange([Share("mhclg.1.5"), Share("mhclg.1.9"), Share("")]);
        told.Money.Explain = request => new ExplainAllocationResponse
        {
            Workings = { new Working { Recipient = request.Recipient, Sentences = { $"{request.Recipient} gets £5 by {request.Allocation} of {request.Body}, <b>because</b> 5 people live there.", "That is £1 for each person." } } },
        };
        await using var auditor = await AuditDouble.StartAsync(told, Here);
        var first = await Page.OfAsync(auditor.Front, $"/?body={Durham}");
        // What a run gave never changes, so nobody is asked to work it out for each reader.
        told.Money.Explain = _ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "busy"));
        var page = await Page.OfAsync(auditor.Front, $"/?body={Durham}");

        Assert.Equal(first.Html, page.Html);
        Assert.Contains($"Place Fund: {Durham} gets £5 by mhclg.1.9 of {Central}, <b>because</b> 5 people live there. That is £1 for each person.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>because", page.Html, StringComparison.Ordinal);
        Assert.InRange(page.Text.IndexOf("mhclg.1.9", StringComparison.Ordinal), 1, page.Text.IndexOf("mhclg.1.5", StringComparison.Ordinal));
        Assert.Contains($"href=\"/v1/bodies/{Central}/allocations/mhclg.1.9/workings?recipient={Durham}\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Funder_ThatDoesNotAnswer_LeavesTheRestOfThePage()
    {
        var told = Told();
        told.Money.Settlement.HeldPence = 5;
        told.Money.Awards.Add(Share("mhclg.1.5"));
        told.Money.Explain = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        await using var auditor = await AuditDouble.StartAsync(told, Here);
        var page = await Page.OfAsync(auditor.Front, $"/?body={Durham}");

        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Problem));
        Assert.Contains("it holds £0.05 now.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"Place Fund: {Central}, which shared it out, cannot say just now.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WhoseServiceIsNotKnown_IsSaidToBeUnknownAndNotZero()
    {
        await using var auditor = await AuditDouble.StartAsync(Told());
        var page = await Page.OfAsync(auditor.Front, $"/?body={Durham}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Its own service does not answer just now, so we cannot say", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithoutMoney_IsToldSo()
    {
        await using var auditor = await AuditDouble.StartAsync(Told(), Here);
        Assert.Contains("It has had no money yet", (await Page.OfAsync(auditor.Front, $"/?body={Durham}")).Text, StringComparison.Ordinal);
    }

    private static Told Told()
    {
        var told = new Told { Bodies = { new AuditedBody { Id = Durham, OfficialName = "County Durham", Tier = Tier.Council } } };
        told.Money.Funds.Funds.Add(new FundTerms { Fund = "mhclg.place-fund", Title = "Place Fund" });
        return told;
    }

    private static Award Share(string allocation) => new()
    {
        Funder = Central,
        Recipient = Durham,
        Allocation = allocation,
        State = AwardState.Accepted,
        Terms = new FundTerms { Fund = "mhclg.place-fund", Title = "Place Fund" },
    };
}
