namespace FundingFlows.Ledger.Tests;

/// <summary>The bodies of the examples. The department has opened the fund Better Places and issued £100,000; nothing has been promised.</summary>
internal sealed class ExampleTown
{
    /// <summary>Places of what was issued among the department's lots.</summary>
    public const int Capital = 0, Revenue = 1, ForForums = 2;

    public ExampleTown()
    {
        Department = Federation.Add("dept", Tier.CentralGovernment);
        Region = Federation.Add("region", Tier.CombinedAuthority);
        Council = Federation.Add("council", Tier.Council);
        Forum = Federation.Add("forum", Tier.NeighbourhoodForum);
        Fund = Department.Opens("better-places", Write.Share(Kind.Capital, 6_000), Write.Share(Kind.Revenue, 1_500), Write.Share(Kind.Either, 2_500, Write.Led));
        Department.Issues(Fund, Pounds(100_000));
    }

    public TestFederation Federation { get; } = new();

    public TestBody Department { get; }

    public TestBody Region { get; }

    public TestBody Council { get; }

    public TestBody Forum { get; }

    public string Fund { get; }

    public static long Pounds(long whole) => whole * 100;

    /// <summary>A funder agrees with a body to fund it, and promises it neighbourhood-led money of this year.</summary>
    public EntryId Promises(TestBody funder, TestBody recipient, long pounds)
    {
        Federation.Agrees(funder, recipient);
        return Federation.Awards(funder, recipient, Fund, Write.Promise(2026, Kind.Either, Pounds(pounds), Write.Led));
    }

    /// <summary>The department sends the council money for running costs, which it may spend itself.</summary>
    public EntryId SendsRevenue(long pounds)
    {
        Federation.Agrees(Department, Council);
        var award = Federation.Awards(Department, Council, Fund, Write.Promise(2026, Kind.Revenue, Pounds(pounds)));
        Federation.Releases(Department, award, 0, Pounds(pounds));
        return award;
    }

    /// <summary>£20,000 to the region, £15,000 of it to the council, £9,000 of that to the forum. The award to the forum.</summary>
    public EntryId SendsDown()
    {
        Federation.Releases(Department, Promises(Department, Region, 20_000), 0, Pounds(20_000));
        Federation.Releases(Region, Promises(Region, Council, 15_000), 0, Pounds(15_000));
        var award = Promises(Council, Forum, 9_000);
        Federation.Releases(Council, award, 0, Pounds(9_000));
        return award;
    }
}
