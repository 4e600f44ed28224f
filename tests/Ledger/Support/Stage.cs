namespace FundingFlows.Ledger.Tests;

/// <summary>
/// The federation that most tests start from. A government department has issued £1,000 of a fund: half capital, a quarter
/// revenue, a quarter revenue kept for forums. It funds a council, which funds a forum; both awards are accepted, and some
/// money has come down. Nothing is on its way.
/// </summary>
public sealed class Stage
{
    /// <summary>Places of the promises in <see cref="CouncilAward"/>.</summary>
    public const int Capital = 0, Revenue = 1, KeptForForums = 2, NextYear = 3;

    public Stage()
    {
        Government = Federation.Add("GOV", Tier.CentralGovernment);
        Council = Federation.Add("E06000001", Tier.Council);
        Forum = Federation.Add("forum-1", Tier.NeighbourhoodForum);
        Stranger = Federation.Add("E06000009", Tier.Council);
        Fund = Government.Opens(
            "places", Write.Share(Kind.Capital, 5_000), Write.Share(Kind.Revenue, 2_500), Write.Share(Kind.Revenue, 2_500, Write.Led));
        Government.Issues(Fund, 100_000);
        CouncilAgreement = Federation.Agrees(Government, Council);
        CouncilAward = Federation.Awards(
            Government, Council, Fund,
            Write.Promise(2026, Kind.Capital, 40_000), Write.Promise(2026, Kind.Revenue, 20_000),
            Write.Promise(2026, Kind.Revenue, 25_000, Write.Led), Write.Promise(2027, Kind.Revenue, 1_000));
        ForumAgreement = Federation.Agrees(Council, Forum);
        ForumAward = Federation.Awards(Council, Forum, Fund, Write.Promise(2026, Kind.Revenue, 15_000, Write.Led));
        Federation.Releases(Government, CouncilAward, Capital, 10_000);
        Federation.Releases(Government, CouncilAward, Revenue, 8_000);
        Federation.Releases(Government, CouncilAward, KeptForForums, 12_000);
        Federation.Releases(Council, ForumAward, 0, 6_000);
    }

    public TestFederation Federation { get; } = new();

    public TestBody Government { get; }

    public TestBody Council { get; }

    public TestBody Forum { get; }

    /// <summary>A council that nobody has an agreement with.</summary>
    public TestBody Stranger { get; }

    public string Fund { get; }

    public EntryId CouncilAgreement { get; }

    public EntryId CouncilAward { get; }

    public EntryId ForumAgreement { get; }

    public EntryId ForumAward { get; }
}
