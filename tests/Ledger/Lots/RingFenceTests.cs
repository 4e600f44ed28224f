namespace FundingFlows.Ledger.Tests;

/// <summary>What keeps a lot from a use, or from a promise, and in what words.</summary>
public sealed class RingFenceTests
{
    private static readonly FundTerms Terms = new()
    {
        Earmarks =
        {
            Write.LedByForums(),
            new Earmark { Name = "parks", Categories = { "parks", "play", "trees", "paths" } },
            new Earmark { Name = "north", Places = { "E05000001", "E05000002" } },
            new Earmark { Name = "ward", Places = { "E05000009" } },
            new Earmark { Name = "label" },
            new Earmark { Name = "all", Spenders = { Tier.Council, Tier.CombinedAuthority }, Categories = { "parks" }, Places = { "E05000001" } },
        },
    };

    private static readonly Use ParkByCouncil = new(2026, Kind.Capital, Tier.Council, "parks", "E05000001");

    [Theory]
    [InlineData(Kind.Capital, null)]
    [InlineData(Kind.Either, null)]
    [InlineData(Kind.Capital, null, "parks")]
    [InlineData(Kind.Capital, null, "north", "parks", "label")]
    [InlineData(Kind.Capital, null, "all")]
    [InlineData(Kind.Revenue, "revenue (running costs)")]
    [InlineData(Kind.Capital, "neighbourhood-led (neighbourhood forums)", Write.Led)]
    [InlineData(Kind.Capital, "ward (place E05000009)", "ward")]
    [InlineData(Kind.Capital, "undefined", "undefined")]
    // The first by name.
    [InlineData(Kind.Capital, "neighbourhood-led (neighbourhood forums)", "ward", "parks", Write.Led)]
    public void Between_ALineAndAUse_IsTheFirstLimitThatForbidsIt(Kind kind, string? keptFor, params string[] earmarks) =>
        Assert.Equal(keptFor, RingFence.Between(Line(kind, earmarks), [Terms], ParkByCouncil)?.KeptFor);

    [Theory]
    [InlineData("roads", Tier.Council, "E05000001", "parks (parks and play and trees and such)", "parks")]
    [InlineData("parks", Tier.Council, "E05000003", "north (2 listed places)", "north")]
    [InlineData("parks", Tier.CentralGovernment, "E05000001", "all (councils and combined authorities, parks, place E05000001)", "all")]
    [InlineData("roads", Tier.Council, "E05000001", "all (councils and combined authorities, parks, place E05000001)", "all")]
    [InlineData("parks", Tier.Council, "E05000002", "all (councils and combined authorities, parks, place E05000001)", "all")]
    public void Between_AnEarmarkAndAnotherUse_SaysWhatItIsKeptFor(string category, Tier spender, string place, string keptFor, string earmark)
    {
        var fence = RingFence.Between(Line(Kind.Capital, earmark), [Terms], ParkByCouncil with { Category = category, Spender = spender, Place = place });

        Assert.Equal(new RingFence(earmark, keptFor), fence);
    }

    [Fact]
    public void Between_SeveralLimits_NamesYearsThenKindThenEarmarks()
    {
        var line = Line(Kind.Revenue, Write.Led);

        Assert.Equal(new RingFence("years", "spending in 2026-27 to 2028-29"), RingFence.Between(line, [Terms], ParkByCouncil with { Year = 2029 }));
        Assert.Equal("years", RingFence.Between(line, [Terms], ParkByCouncil with { Year = 2025 })?.Name);
        Assert.Equal("kind", RingFence.Between(line, [Terms], ParkByCouncil)?.Name);
        Assert.Equal(Write.Led, RingFence.Between(line, [Terms], ParkByCouncil with { Kind = Kind.Revenue })?.Name);
        Assert.Equal(new RingFence("kind", "capital (things that last)"), RingFence.Between(Line(Kind.Capital), [Terms], ParkByCouncil with { Kind = Kind.Revenue }));
    }

    [Fact]
    public void Between_ALotAndAPromise_ForbidsWhatTheLotDoesNotPermit()
    {
        RingFence? Of(FundLine line, Promise promise) => RingFence.Between(line, [Terms], promise);
        var promise = Write.Promise(2026, Kind.Capital, 1, "parks");

        Assert.Null(Of(Line(Kind.Capital), promise));
        Assert.Null(Of(Line(Kind.Either, "parks"), promise));
        Assert.Equal("years", Of(Line(Kind.Revenue, "ward"), Write.Promise(2029, Kind.Capital, 1))?.Name);
        Assert.Equal("kind", Of(Line(Kind.Revenue, "ward"), promise)?.Name);
        Assert.Equal(new RingFence("ward", "ward (place E05000009)"), Of(Line(Kind.Capital, "ward", "parks"), promise));
        // Money of one kind is never promised as money for either.
        Assert.Equal("kind", Of(Line(Kind.Capital), Write.Promise(2026, Kind.Either, 1))?.Name);
        Assert.Equal(new RingFence("ward", "ward"), RingFence.Between(Line(Kind.Capital, "ward"), [], promise));
    }

    private static FundLine Line(Kind kind, params string[] earmarks) => new("GOV.places", kind, Write.ThreeYears, EarmarkSet.Of(earmarks));

    [Fact]
    public void Between_TermsThatMeanAnEarmarkDifferently_ObeysBoth()
    {
        var parks = new FundTerms { Earmarks = { new Earmark { Name = "green", Categories = { "parks", "trees" } } } };
        var leeds = new FundTerms { Earmarks = { new Earmark { Name = "green", Places = { "E05000001" } } } };
        var line = Line(Kind.Capital, "green");
        var use = ParkByCouncil with { Category = "parks", Place = "E05000001" };

        Assert.Null(RingFence.Between(line, [parks, leeds], use));
        Assert.Equal("green (parks and trees)", RingFence.Between(line, [parks, leeds], use with { Category = "roads" })?.KeptFor);
        Assert.Equal("green (place E05000001)", RingFence.Between(line, [parks, leeds], use with { Place = "E05000002" })?.KeptFor);
        Assert.Equal("green", RingFence.Between(line, [new FundTerms()], use)?.KeptFor);
    }
}
