namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a fund is not opened.</summary>
public sealed class OpenFundRefusalTests
{
    internal static readonly RefusalTable<OpenFund, OpenFundRefusal> Table = new RefusalTable<OpenFund, OpenFundRefusal>(stage =>
            new(stage.Government, Write.Fund("parks", [Write.Share(Kind.Capital, 6_000), Write.Share(Kind.Either, 4_000, Write.Led)], Write.LedByForums())))
        .Row(OpenFundRefusal.TermsMalformed, "a name with a capital letter", fund => fund with { Name = "Parks" })
        .Row(OpenFundRefusal.TermsMalformed, "a title with a line break", fund => fund with { Title = "Better\nPlaces" })
        .Row(OpenFundRefusal.TermsMalformed, "years that end before they begin", fund => fund with { Years = new Years(2028, 2026) })
        .Row(OpenFundRefusal.TermsMalformed, "no shares", fund => fund with { Split = [] })
        .Row(OpenFundRefusal.TermsMalformed, "more shares than there may be", fund => fund with { Split = Shares(OpenFund.MostShares + 1) })
        .Row(OpenFundRefusal.TermsMalformed, "a share of no kind", fund => fund with { Split = [Write.Share(Kind.Unspecified, 10_000)] })
        .Row(OpenFundRefusal.TermsMalformed, "a share of nothing", fund => fund with { Split = [Write.Share(Kind.Capital, 10_000), Write.Share(Kind.Revenue, 0)] })
        .Row(OpenFundRefusal.TermsMalformed, "a share of more than all", fund => fund with { Split = [Write.Share(Kind.Capital, 10_001)] })
        .Row(OpenFundRefusal.TermsMalformed, "five earmarks on a share", fund => fund with { Split = [Write.Share(Kind.Capital, 10_000, "a", "b", "c", "d", "e")] })
        .Row(OpenFundRefusal.TermsMalformed, "more earmarks than there may be", fund => fund with { Earmarks = Earmarks(OpenFund.MostEarmarks + 1) })
        .Row(OpenFundRefusal.TermsMalformed, "an earmark without a name", fund => fund with { Earmarks = [new Earmark()] })
        .Row(OpenFundRefusal.TermsMalformed, "an earmark for a tier that there is not", fund => fund with { Earmarks = [new Earmark { Name = Write.Led, Spenders = { (Tier)9 } }] })
        .Row(OpenFundRefusal.TermsMalformed, "an earmark for a category with a space", fund => fund with { Earmarks = [new Earmark { Name = Write.Led, Categories = { "a b" } }] })
        .Row(OpenFundRefusal.TermsMalformed, "an earmark for a place without a code", fund => fund with { Earmarks = [new Earmark { Name = Write.Led, Places = { "Leeds" } }] })
        .Row(OpenFundRefusal.TermsMalformed, "merging into something that is no fund", fund => fund with { Rules = new FundRules(["everything"]) })
        .Row(OpenFundRefusal.TermsMalformed, "merging into more funds than there may be", fund => fund with { Rules = new FundRules([.. Enumerable.Range(0, FundRules.MostMergeInto + 1).Select(i => $"GOV.fund-{i}")]) })
        .Row(OpenFundRefusal.TermsMalformed, "a second person above less than nothing", fund => fund with { Rules = FundRules.None with { SecondApprovalAbovePence = -1 } })
        .Row(OpenFundRefusal.TermsMalformed, "more than all carried forward", fund => fund with { Rules = FundRules.None with { CarryForwardBasisPoints = 10_001 } })
        .Row(OpenFundRefusal.TermsMalformed, "loans that come back for ever", fund => fund with { Rules = FundRules.None with { RecyclingYears = FundRules.MostRecyclingYears + 1 } })
        .Row(OpenFundRefusal.TermsMalformed, "reports every two months", fund => Reports(fund, new ReportingRule(2, 30)))
        .Row(OpenFundRefusal.TermsMalformed, "reports within no days that are given", fund => Reports(fund, new ReportingRule(3, null)))
        .Row(OpenFundRefusal.TermsMalformed, "reports that are due more than a year later", fund => Reports(fund, new ReportingRule(3, ReportingRule.MostDays + 1)))
        .Row(OpenFundRefusal.TermsMalformed, "release with reports overdue that are never due", fund => Reports(fund, new ReportingRule(0, null, ReleasesOverdue: true)))
        .Row(OpenFundRefusal.FundExists, "a name that is taken", fund => fund with { Name = "places" })
        .Row(OpenFundRefusal.SharesNotWhole, "shares of less than all", fund => fund with { Split = [Write.Share(Kind.Capital, 9_999, Write.Led)] })
        .Row(OpenFundRefusal.SharesNotWhole, "shares of more than all", fund => fund with { Split = [Write.Share(Kind.Capital, 9_999), Write.Share(Kind.Revenue, 2)] })
        .Row(OpenFundRefusal.ShareRepeated, "two shares for one line", fund => fund with { Split = [Write.Share(Kind.Capital, 5_000), Write.Share(Kind.Capital, 5_000)] })
        .Row(OpenFundRefusal.ShareRepeated, "two shares with their earmarks in another order", fund => fund with
        {
            Split = [Write.Share(Kind.Capital, 5_000, "a", "b"), Write.Share(Kind.Capital, 5_000, "b", "a", "a")],
            Earmarks = [new Earmark { Name = "a" }, new Earmark { Name = "b" }],
        })
        .Row(OpenFundRefusal.EarmarkNotDefined, "an earmark that nothing defines", fund => fund with { Earmarks = [] })
        .Row(OpenFundRefusal.EarmarkRepeated, "an earmark defined twice", fund => fund with { Earmarks = [.. fund.Earmarks, Write.LedByForums()] })
        .Row(OpenFundRefusal.TermsTooLong, "terms that cannot travel", fund => fund with { Earmarks = [.. fund.Earmarks, Long()] })
        .Both("a title with a line break", "a name that is taken")
        .Both("a name that is taken", "shares of less than all")
        .Both("a name that is taken", "two shares for one line")
        .Both("shares of less than all", "an earmark that nothing defines")
        .Both("shares of less than all", "terms that cannot travel")
        .Both("two shares for one line", "an earmark defined twice")
        .Both("two shares for one line", "terms that cannot travel");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void OpenFund_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void OpenFund_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    [Fact]
    public void OpenFund_TwoSharesForOneLineAndAnEarmarkNotDefined_NamesTheShares()
    {
        var fund = Write.Fund("parks", [Write.Share(Kind.Capital, 5_000, "a"), Write.Share(Kind.Capital, 5_000, "a")]);

        Refused.MustBe(OpenFundRefusal.ShareRepeated, new Stage().Government.Decide(fund));
    }

    [Fact]
    public void OpenFund_AnEarmarkNotDefinedAndOneDefinedTwice_NamesTheOneNotDefined()
    {
        var fund = Write.Fund("parks", [Write.Share(Kind.Capital, 10_000, "a")], Write.LedByForums(), Write.LedByForums());
        var decision = new Stage().Government.Decide(fund);

        Refused.MustBe(OpenFundRefusal.EarmarkNotDefined, decision);
        Assert.Equal("a", decision.Refusal!.Details["earmark"]);
    }

    [Fact]
    public void OpenFund_WithAsMuchAsThereMayBe_IsAccepted()
    {
        var body = new Stage().Government;
        var fund = Write.Fund("parks", Shares(OpenFund.MostShares), Earmarks(OpenFund.MostEarmarks));

        body.Do(fund);

        Assert.Equal(OpenFund.MostShares, body.Books.Funds.Newest("GOV.parks")!.Split.Count);
    }

    [Fact]
    public void OpenFund_WithReportsThatAreNeverDue_SaysWhatIsMissing() => Assert.Equal(
        "The terms of parks cannot be read: say how often reports are due, every 1, 3, 6 or 12 months, and within how many days after that, 0 to 366.",
        new Stage().Government.Decide(Reports(Write.Fund("parks", [Write.Share(Kind.Capital, 10_000)]), new ReportingRule(4, 30))).Refusal!.Sentence);

    private static OpenFund Reports(OpenFund fund, ReportingRule rule) => fund with { Rules = FundRules.None with { Reporting = rule } };

    private static List<SplitShare> Shares(int count) =>
    [
        Write.Share(Kind.Capital, (uint)(10_000 - ((count - 1) * 100))),
        .. Enumerable.Range(0, count - 1).Select(i => Write.Share((Kind)(1 + (i % 3)), 100, $"e{i / 3}")),
    ];

    private static Earmark[] Earmarks(int count) => [.. Enumerable.Range(0, count).Select(i => new Earmark { Name = $"e{i}" })];

    private static Earmark Long() => new() { Name = "long", Places = { Enumerable.Range(0, 3_000).Select(i => $"E{i:00000000}") } };
}
