using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Local;

/// <summary>The funds of the samples.</summary>
internal static class SampleFunds
{
    public const string LevellingUpName = "levelling-up-fund";

    public static OpenFundRequest LevellingUp(string root, Office office) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the levelling up fund"),
        Name = LevellingUpName,
        Title = "Levelling Up Fund as awarded",
        Purpose = "Capital for town centres, high streets, local transport, culture and heritage. The amounts are the published awards; that they are paid and spent this way is an illustration.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Capital, BasisPoints = 10_000 } },
    };

    /// <summary>The same fund, its awards to several councils attributed to each of them.</summary>
    public static OpenFundRequest LevellingUpAttributed(string root, Office office)
    {
        var fund = LevellingUp(root, office);
        fund.Title = "Levelling Up Fund as attributed to councils";
        fund.Purpose = "Capital for town centres, high streets, local transport, culture and heritage. Published awards; one to several councils is split "
            + "equally between them and cut to whole pounds. That they are paid and spent this way is an illustration.";
        return fund;
    }

    public static OpenFundRequest Neighbours(string root, Office office) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the neighbours fund"),
        Name = Neighbouring.Name,
        Title = "Neighbours Fund (illustration)",
        Purpose = "An invented fund that goes past tiers and between neighbours: a lead authority, a shared service, and a forum with two funders.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
    };

    public static OpenFundRequest Cascade(string root, Office office) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the cascade fund"),
        Name = Cascading.Name,
        Title = "Cascade Fund (illustration)",
        Purpose = "An invented fund that goes down three tiers at once, by what its bodies have said beforehand.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
        SecondApprovalAbovePence = PlaceFund.SecondApprovalAbovePence,
    };

    public static OpenFundRequest Reorganisation(string root, Office office) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the reorganisation fund"),
        Name = Succeeding.Name,
        Title = "Reorganisation Fund (illustration)",
        Purpose = "An invented fund that shows what becomes of the books of a council that is abolished. The council is invented too.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
    };

    public static OpenFundRequest Place(string root, Office office, PlaceFund fund) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the place fund"),
        Name = PlaceFund.Name,
        Title = PlaceFund.Title,
        Purpose = "An invented fund that shows how many pots become one: shared out by population, a quarter of it decided by neighbourhood forums.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split =
        {
            PlaceFund.Split.Select(share => new SplitShare { Kind = share.Line.Kind, Earmarks = { share.Line.Earmarks }, BasisPoints = share.BasisPoints }),
        },
        Earmarks =
        {
            new Earmark { Name = PlaceFund.NeighbourhoodLed, Spenders = { Tier.NeighbourhoodForum } },
            new Earmark { Name = PlaceFund.CapacityBuilding, Categories = { PlaceFund.CapacityCategories } },
            new Earmark { Name = PlaceFund.LeftBehindAreas, Places = { fund.LeftBehindPlaces } },
        },
        SecondApprovalAbovePence = PlaceFund.SecondApprovalAbovePence,
        CarryForwardBasisPoints = PlaceFund.CarryForwardBasisPoints,
    };

    /// <summary>A pot that may be merged into another, or that other. Empty: into none.</summary>
    public static OpenFundRequest Pot(string root, Office office, string name, string title, params string[] mergeInto) => new()
    {
        Body = root,
        CommandId = office.CommandId($"open {name}"),
        Name = name,
        Title = $"{title} (illustration)",
        Purpose = "An invented fund that shows how two pots become one, and that the money still says where it came from.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Capital, BasisPoints = 5_000 }, new SplitShare { Kind = Kind.Revenue, BasisPoints = 5_000 } },
        MergeInto = { mergeInto },
    };

    /// <summary>What a pot is called that goes into the fund of <see cref="OnePlace"/>.</summary>
    public static string TitleOf(string pot) => pot switch
    {
        PotsIntoOne.LevellingUp => "Levelling Up (illustrative pot)",
        PotsIntoOne.Renewal => "Community Renewal (illustrative pot)",
        _ => "Community Ownership (illustrative pot)",
    };

    /// <summary>One of the pots that go into the fund of <see cref="OnePlace"/>.</summary>
    public static OpenFundRequest OldPot(string root, Office office, string pot, PromisedLine line, string mergeInto) => new()
    {
        Body = root,
        CommandId = office.CommandId($"open {pot}"),
        Name = pot,
        Title = TitleOf(pot),
        Purpose = "An invented fund, named after a real one, that shows how competitive pots become one fund for places.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = line.Kind, Earmarks = { line.Earmarks }, BasisPoints = 10_000 } },
        Earmarks = { LedByNeighbourhoods(line.IsForForums) },
        MergeInto = { mergeInto },
    };

    /// <summary>The fund for places that three pots become. Nothing is issued in it. Whoever has some of it reports on every three months, within 30 days.</summary>
    public static OpenFundRequest OnePlace(string root, Office office) => new()
    {
        Body = root,
        CommandId = office.CommandId("open the one place fund"),
        Name = PotsIntoOne.Name,
        Title = "One Place Fund (illustration)",
        Purpose = "An invented fund that shows how three pots become one, and that each pound still says where it came from.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split =
        {
            new SplitShare { Kind = Kind.Capital, BasisPoints = 5_000 }, new SplitShare { Kind = Kind.Revenue, BasisPoints = 3_000 },
            new SplitShare { Kind = Kind.Capital, Earmarks = { PlaceFund.NeighbourhoodLed }, BasisPoints = 2_000 },
        },
        Earmarks = { LedByNeighbourhoods(true) },
        ReportEveryMonths = 3,
        ReportWithinDays = 30,
    };

    private static IEnumerable<Earmark> LedByNeighbourhoods(bool has) => has ? [new Earmark { Name = PlaceFund.NeighbourhoodLed, Spenders = { Tier.NeighbourhoodForum } }] : [];

    /// <summary>New terms of such a pot: new money is for what lasts, and half of it may be carried forward.</summary>
    public static ReviseTermsRequest PotForBuildings(string fund, Office office) => new()
    {
        Body = fund.Split('.')[0],
        CommandId = office.CommandId($"revise {fund}"),
        Fund = fund,
        Title = "Town Centres Pot (illustration)",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Capital, BasisPoints = 10_000 } },
        CarryForwardBasisPoints = 5_000,
    };

    /// <summary>A body's own, for running costs.</summary>
    public static OpenFundRequest Own(string body, Office office, string name, string title) => new()
    {
        Body = body,
        CommandId = office.CommandId($"open {name} {body}"),
        Name = name,
        Title = $"{title} (illustration)",
        Purpose = "An invented fund that shows what becomes of money that a body raised itself.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
    };

    /// <summary>What is settled for years ahead.</summary>
    public static OpenFundRequest Settlement(string root, Office office, int first, int years) => new()
    {
        Body = root,
        CommandId = office.CommandId($"open {Amending.Name}"),
        Name = Amending.Name,
        Title = "Settlement for ten years (illustration)",
        Purpose = "An invented fund that shows how a place knows for ten years what it will have, and how both sides change that.",
        Years = new YearWindow { FirstYear = first, LastYear = first + years - 1 },
        Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
    };

    /// <summary>A council's own: what is lent of it can be lent again for three years.</summary>
    public static OpenFundRequest Loans(string council, Office office) => new()
    {
        Body = council,
        CommandId = office.CommandId($"open a fund for loans {council}"),
        Name = Lending.Name,
        Title = "Loans to local businesses (illustration)",
        Purpose = "An invented fund of a levy that is lent to those who open a business, and lent again when they repay it.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear + 3 },
        Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
        RecyclingYears = 3,
    };
}
