using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Projects.V1;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>An invented bill.</summary>
/// <param name="Step">Tells it from the body's other bills.</param>
/// <param name="Organisation">Who delivers it, and is paid unless a person is.</param>
/// <param name="Person">Of a payee who is a person: an invented name. Null: an organisation.</param>
internal sealed record Bill(string Step, string Fund, Kind Kind, string Category, string Place, string Organisation, string? Person, long AmountPence)
{
    /// <param name="year">The financial year; it is paid in June of it.</param>
    public MakePaymentRequest Request(string body, string commandId, string project, int year = PlaceFund.Year) => new()
    {
        Body = body,
        CommandId = commandId,
        Fund = Fund,
        Project = project,
        FinancialYear = year,
        PaidOn = new Date { Year = year, Month = 6, Day = 30 },
        Kind = Kind,
        Category = Category,
        Place = Place,
        Payee = Person is null ? new PayeeDetails { Organisation = Organisation } : new PayeeDetails { Person = new PersonPayee { Handle = SampleBills.HandleOf(body, Step), Name = Person } },
        AmountPence = AmountPence,
        NetPence = AmountPence,
        Reference = $"INV-{Step.ToUpperInvariant()}",
        Evidence = $"Illustration: an invented invoice for {Words}.",
        Narrative = $"{SampleBills.NarrativeBegins} {Words} in {Place}.",
    };

    /// <summary>What is paid for, as a project.</summary>
    public RegisterProjectRequest Project(string body, string commandId) => new()
    {
        Body = body,
        CommandId = commandId,
        Description = new ProjectDescription
        {
            Title = $"Illustration: {Words}",
            Deliverer = Organisation,
            Place = Place,
            Category = Category,
            SocialInfrastructure = SampleBills.SocialInfrastructure.Contains(Category),
            Milestones = { new Milestone { Title = "It is there", DueOn = new Date { Year = PlaceFund.LastYear + 1, Month = 3, Day = 31 } } },
        },
    };

    private string Words => Category.Replace('-', ' ');
}

/// <summary>The invented bills of the sample year: so much in a hundred of what each body holds.</summary>
internal static class SampleBills
{
    /// <summary>How every narrative begins.</summary>
    public const string NarrativeBegins = "Illustration: an invented bill for";

    /// <summary>How every name of a person begins.</summary>
    public const string PersonBegins = "Example payee (invented)";

    public const long RefundPence = 12_050;

    private static readonly PromisedLine Awarded = new(Kind.Capital);

    /// <summary>Categories of places where people meet.</summary>
    public static readonly string[] SocialInfrastructure = ["community-building", "youth-work", "parks"];

    /// <summary>The bill of a body that was awarded something, or none.</summary>
    public static IEnumerable<Bill> OfAwards(Topology topology, TopologyBody body, IEnumerable<PublishedAward> awards)
    {
        var held = new Dictionary<PromisedLine, long> { [Awarded] = awards.Where(award => award.Body == body.Id).Sum(award => award.AmountPence) };
        var fund = $"{topology.Root.Id}.{SampleFunds.LevellingUpName}";
        var bill = new Bill("levelling-up", fund, Kind.Capital, "regeneration", PlaceFund.PlaceOf(body), PayeeOf("GB-COH", topology, body), null, 0);
        return Part(held, Awarded, 35, bill) is { } part ? [part] : [];
    }

    /// <summary>The bills of a body, given what it has of the Place Fund, by line.</summary>
    public static IEnumerable<Bill> OfPlaceFund(Topology topology, TopologyBody body, IReadOnlyDictionary<PromisedLine, long> held)
    {
        var place = $"{topology.Root.Id}.{PlaceFund.Name}";
        var code = PlaceFund.PlaceOf(body);
        var builder = PayeeOf("GB-COH", topology, body);
        var charity = PayeeOf("GB-CHC", topology, body);
        var wards = topology.FundedFrom(body.Id).Where(below => below.Tier == Tier.NeighbourhoodForum).Select(PlaceFund.PlaceOf).Where(place => place != PlaceFund.England).ToList();
        IEnumerable<Bill?> bills = body.Tier == Tier.NeighbourhoodForum
            ?
            [
                Part(held, PlaceFund.Neighbourhood, 55, new Bill("hall", place, Kind.Capital, "community-building", code, charity, null, 0)),
                Part(held, PlaceFund.Neighbourhood, 20, new Bill("club", place, Kind.Revenue, "youth-work", code, charity, null, 0)),
                Part(held, PlaceFund.Capacity, 60, new Bill("training", place, Kind.Revenue, PlaceFund.CapacityCategories[0], code, charity, $"{PersonBegins} {body.Id}", 0)),
            ]
            :
            [
                Part(held, PlaceFund.Capital, 65, new Bill("high-street", place, Kind.Capital, "high-street", code, builder, null, 0)),
                Part(held, PlaceFund.Revenue, 80, new Bill("advice", place, Kind.Revenue, "advice-services", code, charity, null, 0)),
                wards.Count == 0 ? null : Part(held, PlaceFund.CapitalLeftBehind, 50, new Bill("park", place, Kind.Capital, "parks", wards[0], builder, null, 0)),
            ];
        return bills.OfType<Bill>();
    }

    /// <summary>A handle that says nothing.</summary>
    public static string HandleOf(string body, string step) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{body} {step}")))[..32];

    /// <summary>An invented organisation: a number that no register gives out.</summary>
    public static string PayeeOf(string register, Topology topology, TopologyBody body) => $"{register}-invented-{topology.Bodies.ToList().IndexOf(body)}";

    private static Bill? Part(IReadOnlyDictionary<PromisedLine, long> held, PromisedLine line, int percent, Bill bill)
    {
        var amount = held.GetValueOrDefault(line) / 100 * percent;
        return amount <= 0 ? null : bill with { AmountPence = amount };
    }
}
