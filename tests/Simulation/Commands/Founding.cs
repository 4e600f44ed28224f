using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace FundingFlows.Simulation;

/// <summary>How every simulated federation begins: registered, agreed, with funds, awards to everybody and some money everywhere.</summary>
internal static class Founding
{
    public const string Led = "neighbourhood-led";
    public const string Place = "E05000001";

    /// <summary>Of this fund C4 has received so much that accounts hold no more: what else C1 sends it is refused, and comes back.</summary>
    public const string Vast = "GOV.vast";

    /// <summary>What C1 sends of it, again and again.</summary>
    public const long TooMuch = 2 * Tenth;

    private const long Tenth = Pence.Most / 10;
    public static readonly DateOnly Day = new(2026, 6, 1);
    public static readonly SourceId Vote = new(SourceKind.ParliamentaryVote, "main-estimate-2026-27");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<string> Funds { get; } = ["GOV.parks", "GOV.places"];

    public static DocumentDigest Digest(string words) => new() { Sha256 = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(words))) };

    public static Promise Promise(long pence, Kind kind = Kind.Either, params string[] earmarks) =>
        new() { FinancialYear = 2026, Kind = kind, AmountPence = pence, Earmarks = { earmarks } };

    /// <summary>Founds a federation in fair weather. Answers with its disks and the time.</summary>
    public static (IReadOnlyDictionary<string, VirtualDisk> Disks, long Now) Of(Workshop workshop)
    {
        var town = new Town(workshop, new Random(0), Weather.Fair(0), new Bug(), 0, null, keepsHistory: false);
        foreach (var place in town.Places.Values)
            town.Start(place);
        var officer = new Officer(town, new Random(0));
        Settle(town, () => Map.Bodies.All(body => town.Open(body.Id)?.Sequencer is { ReadsOnlyBecause: null, CommittedSize: > 0 }));
        foreach (var step in Steps())
        {
            foreach (var (body, command) in step(town))
                _ = town.Scheduler.Begin(() => DoAsync(town, officer, body, command));
            Settle(town, () => officer.Open == 0 && !town.Unrest().Any());
        }
        town.Oracle.CheckAll();
        town.CheckAudit();
        return town.Oracle.Breaches.Count == 0 ? (town.Places.ToDictionary(place => place.Key, place => place.Value.Disk.Copy()), town.Scheduler.Now)
            : throw new InvalidOperationException($"The federation cannot be founded: {string.Join("\n", town.Oracle.Breaches)}");
    }

    private static void Settle(Town town, Func<bool> isSettled)
    {
        var waited = TimeSpan.Zero;
        do
        {
            if (waited > Patience || town.Oracle.Breaches.Count > 0)
                throw new InvalidOperationException($"The federation cannot be founded: {town.Unrest().FirstOrDefault()} {string.Join("\n", town.Oracle.Breaches)}");
            town.Scheduler.RunUntil(() => false, TimeSpan.FromSeconds(1));
            waited += TimeSpan.FromSeconds(1);
        }
        while (!isSettled());
    }

    private static async Task DoAsync(Town town, Officer officer, string body, ICommand command)
    {
        if (await officer.DoAsync(body, command) is not { Refusal: null } outcome)
            town.Oracle.Breach(Check.NothingUnforeseen, $"{body} would not {command}.");
        else if (outcome.Entries == 0)
            town.Oracle.Breach(Check.NothingUnforeseen, $"{body} recorded nothing of {command}.");
    }

    private static IEnumerable<Func<Town, IEnumerable<(string, ICommand)>>> Steps()
    {
        yield return _ => Map.Bodies.Where(body => body.Registrar != body.Id).Select(body => (body.Registrar, (ICommand)new RegisterBody(Registration(body.Id, body.Tier))));
        yield return _ => Map.Bodies.Select(body => (body.Id, (ICommand)new RegisterProject(Project())));
        yield return _ => Funds.Append(Vast).Select(fund => (Map.Root, (ICommand)Fund(fund.Split('.')[1])));
        yield return _ => Map.Agreements.Select(pair => (pair.Funder, (ICommand)new ProposeAgreement(pair.Recipient)));
        yield return town => Every(town, books => books.Agreements.All.Where(agreement => agreement.Recipient == books.Body).Select(agreement => new AcceptAgreement(agreement.Id)));
        yield return _ => Funds.Select(fund => (Map.Root, (ICommand)new IssueMoney(fund, Vote, 100_000_000))).Append((Map.Root, new IssueMoney(Vast, Vote, 9 * Tenth)));
        foreach (var tier in new[] { Tier.CentralGovernment, Tier.CombinedAuthority, Tier.Council })
        {
            yield return _ => Map.Agreements.Where(pair => TierOf(pair.Funder) == tier).SelectMany(pair => Funds.Select(fund => (pair.Funder, (ICommand)new OfferAward(
                pair.Recipient, fund, [Promise(20_000_000), Promise(5_000_000, Kind.Either, Led)]))));
            yield return Accepting;
            yield return town => Releasing(town, tier);
        }
        yield return _ => [(Map.Root, new OfferAward("CA2", Vast, [Promise(5 * Tenth)])), (Map.Root, new OfferAward("C1", Vast, [Promise(3 * Tenth)]))];
        yield return Accepting;
        yield return town => Sending(town, Map.Root, "CA2", 5 * Tenth).Concat(Sending(town, Map.Root, "C1", 3 * Tenth));
        yield return _ => [("CA2", new OfferAward("C4", Vast, [Promise(9 * Tenth)]))];
        yield return Accepting;
        yield return town => Sending(town, "CA2", "C4", 5 * Tenth);
        yield return town => Every(town, books => books.Awards.All.Where(award => award.Recipient == books.Body && award.Terms.Fund == Vast && books.Body == "C4").Select(award => new RepayUnderspend(award.Id, null, 5 * Tenth)));
        yield return town => Sending(town, "CA2", "C4", 4 * Tenth);
        yield return _ => [("C1", new OfferAward("C4", Vast, [Promise(3 * Tenth)]))];
        yield return Accepting;
        yield return town => Instructing(town, Map.Root, "CA1").Concat(Instructing(town, "CA1", "C1"));
    }

    private static Tier TierOf(string body) => Map.Bodies.First(one => one.Id == body).Tier;

    private static IEnumerable<(string, ICommand)> Every(Town town, Func<Books, IEnumerable<ICommand>> make) =>
        town.Oracle.Bodies.Values.SelectMany(one => make(one.Books).Select(command => (one.Body, command)));

    private static IEnumerable<(string, ICommand)> Accepting(Town town) =>
        Every(town, books => books.Awards.All.Where(award => award.Recipient == books.Body && award.State == AwardStage.Offered).Select(award => new AnswerAward(award.Id, true)));

    private static IEnumerable<(string, ICommand)> Releasing(Town town, Tier tier) => Every(town, books => books.Tier != tier ? [] : books.Awards.All
        .Where(award => award.Funder == books.Body && award.Terms.Fund != Vast).SelectMany(award => award.Promises.Select(promise => new ReleaseFunds(
            award.Id, promise.Year, promise.Kind, promise.Earmarks, promise.Earmarks.Names.Any() ? 1_000_000 / Share(tier) : 4_000_000 / Share(tier), Day))));

    /// <summary>The further down, the less.</summary>
    private static long Share(Tier tier) => tier switch { Tier.CentralGovernment => 1, Tier.CombinedAuthority => 5, _ => 20 };

    private static IEnumerable<(string, ICommand)> Sending(Town town, string funder, string recipient, long pence) => Every(town, books => books.Body != funder ? [] : books.Awards.All
        .Where(award => award.Funder == books.Body && award.Recipient == recipient && award.Terms.Fund == Vast).Select(award => new ReleaseFunds(award.Id, 2026, Kind.Either, award.Promises[0].Earmarks, pence)));

    /// <summary>Of the parks money that comes from that funder, a part goes on to everybody at once.</summary>
    private static IEnumerable<(string, ICommand)> Instructing(Town town, string funder, string recipient) => Every(town, books => books.Body != recipient ? [] : books.Awards.All
        .Where(award => award.Funder == funder && award.Recipient == recipient && award.Terms.Fund == Funds[0]).Select(award => new SetStandingInstruction(
            new StandingLine(award.Id, award.Promises[0].Kind, award.Promises[0].Earmarks),
            [.. books.Awards.All.Where(given => given.Funder == recipient && given.Terms.Fund == Funds[0]).Select(given => new StandingPart(given.Id, StandingInstruction.Whole / 4))])));

    private static BodyRegistered Registration(string body, Tier tier) => new()
    {
        Body = body,
        OfficialName = $"Body {body}",
        Tier = tier,
        LegalForm = LegalForm.ParishCouncil,
        Epoch = 1,
        Origin = Names.Origin(Map.Federation, body, 1),
        PublicKey = ByteString.CopyFrom(Keys.PublicKeyOf(body)),
    };

    private static ProjectDescription Project() => new()
    {
        Title = "The library",
        Deliverer = "GB-CHC-7654321",
        Place = Place,
        Category = "libraries",
        SocialInfrastructure = true,
        Milestones = { new Milestone { Title = "It is open", DueOn = Day.ToDate() } },
    };

    private static OpenFund Fund(string name) => new(
        name, "Better places", Digest("To make places better."), new Years(2026, 2028),
        name == "vast" ? [Share(10_000)] : [Share(7_500), Share(2_500, Led)],
        name == "vast" ? [] : [new Earmark { Name = Led, Spenders = { Tier.NeighbourhoodForum } }],
        new FundRules(name == "parks" ? ["GOV.places"] : [], RecyclingYears: 1, Reporting: name == "parks" ? new ReportingRule(1, 14) : null));

    private static SplitShare Share(uint basisPoints, params string[] earmarks) => new() { Kind = Kind.Either, BasisPoints = basisPoints, Earmarks = { earmarks } };
}
