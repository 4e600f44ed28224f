using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>A line of money as it is promised: kind and earmarks.</summary>
public sealed record PromisedLine(Kind Kind, params IReadOnlyList<string> Earmarks)
{
    public bool IsForForums => Earmarks.Contains(PlaceFund.NeighbourhoodLed);

    public bool Equals(PromisedLine? other) => other is not null && Kind == other.Kind && Earmarks.SequenceEqual(other.Earmarks);

    public override int GetHashCode() => HashCode.Combine(Kind, Earmarks.Count);

    public override string ToString() => Earmarks.Count == 0 ? $"{Kind}" : $"{Kind} {string.Join('+', Earmarks)}";
}

/// <summary>
/// The Place Fund, an illustration: capital and revenue, a quarter of it split off at issue for decisions of neighbourhood
/// forums, shared out by recorded runs of formulas.
/// </summary>
public sealed class PlaceFund(Topology topology)
{
    public const string Name = "place-fund";
    public const string SourceReference = "place-fund-illustration";
    public const string Title = "Place Fund (illustration)";
    public const string NeighbourhoodLed = "neighbourhood-led";
    public const string CapacityBuilding = "capacity-building";
    public const string LeftBehindAreas = "left-behind-areas";
    public const string England = "E92000001";
    public const int Year = 2026;
    public const int LastYear = 2028;

    /// <summary>Of what is unspent at a year's end a half may be carried into the next, in hundredths of a per cent.</summary>
    public const uint CarryForwardBasisPoints = 5_000;

    public const long AmountPence = 96_000_000_00;

    /// <summary>A payment above this needs a second person.</summary>
    public const long SecondApprovalAbovePence = 500_000_00;

    public static readonly PromisedLine Capital = new(Kind.Capital);
    public static readonly PromisedLine Revenue = new(Kind.Revenue);
    public static readonly PromisedLine CapitalLeftBehind = new(Kind.Capital, LeftBehindAreas);
    public static readonly PromisedLine Neighbourhood = new(Kind.Either, NeighbourhoodLed);
    public static readonly PromisedLine Capacity = new(Kind.Revenue, CapacityBuilding, NeighbourhoodLed);

    /// <summary>What capacity-building money may be spent on.</summary>
    public static readonly IReadOnlyList<string> CapacityCategories = ["community-training", "community-organising"];

    /// <summary>The split at issue, in hundredths of a per cent. A quarter is for forums.</summary>
    public static readonly IReadOnlyList<(PromisedLine Line, uint BasisPoints)> Split =
        [(Capital, 4_500), (Revenue, 2_000), (CapitalLeftBehind, 1_000), (Neighbourhood, 2_000), (Capacity, 500)];

    /// <summary>The areas of forums that are funded along the tiers: where money for left-behind areas may be spent.</summary>
    public IReadOnlyList<string> LeftBehindPlaces => [.. topology.OfTier(Tier.NeighbourhoodForum).Where(forum => forum.FundedBy.Count > 0).Select(PlaceOf).Where(place => place != England).Distinct()];

    /// <summary>The code of a body's area, where the topology gives one: its id, or that of the council that registers it.</summary>
    public static string PlaceOf(TopologyBody body) =>
        Names.IsPlace(body.Id) ? body.Id : Names.IsPlace(body.RegisteredBy) ? body.RegisteredBy : England;

    /// <summary>What was issued, by line.</summary>
    public static IReadOnlyDictionary<PromisedLine, long> Issued()
    {
        var parts = Apportionment.Split(AmountPence, [.. Split.Select(share => (long)share.BasisPoints)]);
        return Split.Zip(parts).ToDictionary(pair => pair.First.Line, pair => pair.Second);
    }
}
