namespace FundingFlows.Ledger.Tests;

/// <summary>
/// A government, a council and a forum at the end of 2026-27, with a fund of two years of which a tenth of what is unspent may be
/// carried forward. Of £1,000 the government has £500 left, the council £300, the forum £200.
/// </summary>
public sealed class ClosingTown
{
    public const int Tenth = 1_000;

    public ClosingTown(Years? window = null)
    {
        Government = Federation.Add("GOV", Tier.CentralGovernment);
        Council = Federation.Add("E06000001", Tier.Council);
        Forum = Federation.Add("forum-1", Tier.NeighbourhoodForum);
        Government.Do(Write.Fund("places", [Write.Share(Kind.Revenue, 10_000)]) with { Years = window ?? new Years(2026, 2027), Rules = new FundRules([], CarryForwardBasisPoints: Tenth) });
        Government.Issues(Fund, 100_000);
        Federation.Agrees(Government, Council);
        Federation.Agrees(Council, Forum);
        CouncilAward = Federation.Awards(Government, Council, Fund, [.. Promises(window, 60_005, 10_000)]);
        ForumAward = Federation.Awards(Council, Forum, Fund, [.. Promises(window, 20_000, 40_000)]);
        Federation.Releases(Government, CouncilAward, 0, 50_000);
        Federation.Releases(Council, ForumAward, 0, 20_000);
    }

    public TestFederation Federation { get; } = new();

    public TestBody Government { get; }

    public TestBody Council { get; }

    public TestBody Forum { get; }

    public string Fund { get; } = "GOV.places";

    public EntryId CouncilAward { get; }

    public EntryId ForumAward { get; }

    private static IEnumerable<Promise> Promises(Years? window, long pence, long nextPence)
    {
        yield return Write.Promise(2026, Kind.Revenue, pence);
        if (window is null)
            yield return Write.Promise(2027, Kind.Revenue, nextPence);
    }

    /// <summary>Closes a year at a body, provisionally and for good. Answers with the hold of what may only go back.</summary>
    public static Hold Closes(TestBody body, int year = 2026)
    {
        if (!body.Books.Years.IsClosed(year))
            body.Do(new CloseYearProvisionally(year));
        return body.Books.Holds.Find(body.Do(new CloseYear(year)))!;
    }

    /// <summary>What is held for its way back, in pence.</summary>
    public static long ToReturn(TestBody body) => body.Books.Holds.Returns.Sum(hold => hold.AmountPence);
}
