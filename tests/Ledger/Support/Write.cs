using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>Writes the small things that commands and facts are made of.</summary>
internal static class Write
{
    /// <summary>The earmark that most tests use.</summary>
    public const string Led = "neighbourhood-led";

    public const string Place = "E05000001";

    public static readonly Years ThreeYears = new(2026, 2028);

    /// <summary>The day on which most things happen.</summary>
    public static readonly DateOnly Day = new(2026, 6, 1);

    /// <summary>The last day of 2026-27.</summary>
    public static readonly DateOnly YearEnd = new(2027, 3, 31);

    private static int references;

    public static Genesis Genesis(string id, Tier tier, LegalForm form, string registrar, IReadOnlyList<string> organisations) => new()
    {
        FormatVersion = 1,
        Federation = "test",
        Body = id,
        Epoch = 1,
        Origin = Names.Origin("test", id, 1),
        PublicKey = Key(id),
        RegisteringBody = registrar,
        Tier = tier,
        OfficialName = $"Body {id}",
        LegalForm = form,
        Organisations = { organisations },
    };

    public static ByteString Key(string seed) => ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public static DocumentDigest Digest(string words) => new() { Sha256 = Key(words) };

    /// <summary>Why an agreement was changed.</summary>
    public static readonly DocumentDigest Reason = Digest("The programme changes.");

    public static SourceId Vote(string reference = "main-estimate-2026-27") => new(SourceKind.ParliamentaryVote, reference);

    /// <summary>Where a body gets money that nobody awards it: a vote of parliament, a levy, or an income where it is nobody in law.</summary>
    public static SourceId Source(this TestBody body) => (body.Books.Tier, body.Books.LegalForm) switch
    {
        (Tier.CentralGovernment, _) => Vote(),
        (_, LegalForm.Unincorporated) => new SourceId(SourceKind.Income, "sale-2026-27"),
        _ => new SourceId(SourceKind.LocalLevy, "levy-2026-27"),
    };

    public static SplitShare Share(Kind kind, uint basisPoints, params string[] earmarks) => new() { Kind = kind, BasisPoints = basisPoints, Earmarks = { earmarks } };

    /// <summary>Money that only neighbourhood forums may spend.</summary>
    public static Earmark LedByForums() => new() { Name = Led, Spenders = { Tier.NeighbourhoodForum } };

    public static Promise Promise(int year, Kind kind, long pence, params string[] earmarks) =>
        new() { FinancialYear = year, Kind = kind, AmountPence = pence, Earmarks = { earmarks } };

    public static EarmarkSet Kept(params string[] earmarks) => EarmarkSet.Of(earmarks);

    public static Payee Organisation(string id = "GB-CHC-1234567") => new() { Organisation = id };

    public static OpenFund Fund(string name, IReadOnlyList<SplitShare> split, params IReadOnlyList<Earmark> earmarks) =>
        new(name, "Better Places", Digest("To make places better."), ThreeYears, split, earmarks, FundRules.None);

    /// <summary>New terms for a fund of three years, with none of the rules that need not be given.</summary>
    public static ReviseTerms Revision(string fund, IReadOnlyList<SplitShare> split, params IReadOnlyList<Earmark> earmarks) =>
        new(fund, "Better Places", null, ThreeYears, split, earmarks, FundRules.None);

    public static ProjectDescription Project(string title = "The library") => new()
    {
        Title = title,
        Deliverer = "GB-CHC-7654321",
        Place = Place,
        Category = "libraries",
        SocialInfrastructure = true,
        Milestones = { new Milestone { Title = "The roof is on", DueOn = Day.ToDate() }, new Milestone { Title = "It is open", DueOn = Day.AddDays(100).ToDate() } },
        MatchMoney = { new MatchMoney { Organisation = "GB-CHC-1112223", AmountPence = 5_000 } },
    };

    /// <summary>
    /// A payment of revenue in 2026-27 for a library's roof, under a reference of its own. It is for the body's first project, which is
    /// registered where there is none yet.
    /// </summary>
    public static MakePayment Payment(this TestBody body, string fund, long pence, Kind kind = Kind.Revenue) => new(
        fund, body.FirstProject(), 2026, Day, kind, "libraries", Place, Organisation(), Charge.Of(pence), $"INV-{Interlocked.Increment(ref references)}",
        Digest("An invoice."), Narrative: Digest("A new roof."));

    /// <summary>Money set aside in 2026-27 for that roof, until the year's end, ordered from nobody yet.</summary>
    public static Reserve Reservation(this TestBody body, string fund, long pence, Kind kind = Kind.Revenue) => new(
        new PlannedSpending(fund, body.FirstProject(), 2026, kind, "libraries", Place, null), YearEnd, Digest("A new roof."), pence);

    /// <summary>What is owed for that roof.</summary>
    public static RecordLiability Liability(this TestBody body, string fund, long pence) =>
        new(body.Reservation(fund, pence).For with { Supplier = Organisation() }, Day, null, Digest("A delivery note."), pence);

    /// <summary>The same in another year.</summary>
    public static MakePayment In(this MakePayment payment, int year) => payment with { Year = year, PaidOn = Day.AddYears(year - 2026) };

    /// <summary>The same in another year.</summary>
    public static Reserve In(this Reserve reserve, int year) =>
        reserve with { For = reserve.For with { Year = year }, ExpiresOn = YearEnd.AddYears(year - 2026) };

    /// <summary>The same of another amount, without value added tax.</summary>
    public static MakePayment Of(this MakePayment payment, long pence) => payment with { Charge = Charge.Of(pence) };

    private static EntryId FirstProject(this TestBody body) => body.Books.Projects.All is [var first, ..] ? first.Id : body.Do(new RegisterProject(Project()));
}
