using System.Collections.Concurrent;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Journal.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Tiers;
using Grpc.Core;

namespace FundingFlows.Support;

/// <summary>What officers do, in few words: every step is a real call with a real token.</summary>
public sealed class Officers(TestFederation federation)
{
    public const string Fund = "place-fund";
    public const string FundId = $"{TestTopology.Central}.{Fund}";
    public const int Year = 2026;
    public const string Evidence = "An invoice for tests.";
    public const string Place = "E05009057";

    /// <summary>The day on which everything is paid.</summary>
    public static readonly Google.Type.Date PaidOn = new() { Year = Year, Month = 6, Day = 1 };

    private static int references;
    private readonly ConcurrentDictionary<string, Task<string>> projects = new();

    private static readonly Role[] AllRoles = [Role.Preparer, Role.Approver, Role.ChiefFinanceOfficer];

    /// <summary>A new command id.</summary>
    public static string NewId() => NewId(TimeProvider.System.GetUtcNow());

    public static string NewId(DateTimeOffset at) => Guid.CreateVersion7(at).ToString();

    /// <summary>Metadata with a token for all officers' roles at a body.</summary>
    public Metadata At(string body) => With(federation.Issuer.Token(body, AllRoles));

    public static Metadata With(string token) => new() { { "authorization", "Bearer " + token } };

    public AuditService.AuditServiceClient Audit => new(federation.To(federation.Topology.Audit.Name));

    public async Task RegisterAllAsync()
    {
        foreach (var body in federation.Topology.Bodies.Where(body => body.RegisteredBy != body.Id))
            await RegisterAsync(body.Id);
    }

    public async Task RegisterAsync(string body)
    {
        var told = federation.Topology.Body(body);
        var genesis = (await new JournalService.JournalServiceClient(federation.ToBody(body)).GetEntryAsync(new GetEntryRequest { Body = body })).Entry.Fact.Genesis;
        await new RegistrationService.RegistrationServiceClient(federation.ToBody(told.RegisteredBy)).RegisterBodyAsync(
            new RegisterBodyRequest
            {
                Body = told.RegisteredBy,
                CommandId = NewId(),
                Registration = new BodyRegistered
                {
                    Body = body,
                    OfficialName = told.Name,
                    Tier = told.Tier,
                    LegalForm = told.LegalForm,
                    Epoch = genesis.Epoch,
                    Origin = genesis.Origin,
                    PublicKey = genesis.PublicKey,
                    Organisations = { told.Organisations },
                },
            },
            At(told.RegisteredBy));
    }

    /// <summary>A council becomes accountable for a forum. Waits until the forum knows.</summary>
    public async Task<string> KeepAsync(string council, string forum)
    {
        var (asking, asked) = (new CustodyService.CustodyServiceClient(federation.ToBody(forum)), new CustodyService.CustodyServiceClient(federation.ToBody(council)));
        var id = (await asking.ProposeCustodyAsync(new ProposeCustodyRequest { Body = forum, CommandId = NewId(), Agent = council }, At(forum))).Custody.Id;
        await Wait.UntilAsync(
            async () => await FindAsync(async () => (await asked.GetCustodyAsync(new GetCustodyRequest { Body = council, Custody = id })).Custody), found => found is not null, $"custody {id} at {council}");
        await asked.AcceptCustodyAsync(new AcceptCustodyRequest { Body = council, CommandId = NewId(), Custody = id }, At(council));
        await Wait.UntilAsync(
            async () => (await asking.GetCustodyAsync(new GetCustodyRequest { Body = forum, Custody = id })).Custody, found => found.State == CustodyState.Active, $"custody {id} at {forum}");
        return id;
    }

    /// <summary>An instruction at a body, once it is there and so.</summary>
    public async Task<Instruction> InstructionAsync(string body, string id, Func<Instruction, bool> enough) => (await Wait.UntilAsync(
        async () => await FindAsync(async () => (await new InstructionService.InstructionServiceClient(federation.ToBody(body)).GetInstructionAsync(new GetInstructionRequest { Body = body, Instruction = id })).Instruction),
        found => found is not null && enough(found), $"instruction {id} at {body}"))!;

    public async Task<string> AgreeAsync(string funder, string recipient, string accountableBody = "")
    {
        var proposed = await new AgreementService.AgreementServiceClient(federation.ToBody(funder)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = funder, CommandId = NewId(), Recipient = recipient, AccountableBody = accountableBody }, At(funder));
        var id = proposed.Agreement.Id;
        await AgreementAsync(recipient, id, _ => true);
        await new AgreementService.AgreementServiceClient(federation.ToBody(recipient)).AcceptAgreementAsync(
            new AcceptAgreementRequest { Body = recipient, CommandId = NewId(), Agreement = id }, At(recipient));
        await AgreementAsync(funder, id, agreement => agreement.State == AgreementState.Active);
        return id;
    }

    public Task<Agreement?> AgreementAsync(string body, string id, Func<Agreement, bool> enough) => Wait.UntilAsync(
        async () => await FindAsync(async () => (await new AgreementService.AgreementServiceClient(federation.ToBody(body)).GetAgreementAsync(new GetAgreementRequest { Body = body, Agreement = id })).Agreement),
        found => found is not null && enough(found), $"agreement {id} at {body}");

    public Task<Award?> AwardAsync(string body, string id, Func<Award, bool> enough) => Wait.UntilAsync(
        async () => await FindAsync(async () => (await new AwardService.AwardServiceClient(federation.ToBody(body)).GetAwardAsync(new GetAwardRequest { Body = body, Award = id })).Award),
        found => found is not null && enough(found), $"award {id} at {body}");

    /// <summary>The Place Fund of tests: capital 60 %, revenue 15 %, for forums 25 %, of the window 2026-27 to 2028-29.</summary>
    public async Task OpenFundAsync(string name = Fund, params IReadOnlyList<string> mergeInto) => await new ProgrammeService.ProgrammeServiceClient(federation.ToBody(TestTopology.Central)).OpenFundAsync(
        new OpenFundRequest
        {
            Body = TestTopology.Central,
            CommandId = NewId(),
            Name = name,
            Title = "Place Fund",
            Purpose = "A fund for tests.",
            Years = new YearWindow { FirstYear = Year, LastYear = Year + 2 },
            Split =
            {
                new SplitShare { Kind = Kind.Capital, BasisPoints = 6_000 },
                new SplitShare { Kind = Kind.Revenue, BasisPoints = 1_500 },
                new SplitShare { Kind = Kind.Either, Earmarks = { "neighbourhood-led" }, BasisPoints = 2_500 },
            },
            Earmarks = { new Earmark { Name = "neighbourhood-led", Spenders = { Tier.NeighbourhoodForum } } },
            MergeInto = { mergeInto },
        },
        At(TestTopology.Central));

    public async Task IssueAsync(long pence, string fund = FundId) => await new ProgrammeService.ProgrammeServiceClient(federation.ToBody(TestTopology.Central)).IssueMoneyAsync(
        new IssueMoneyRequest
        {
            Body = TestTopology.Central,
            CommandId = NewId(),
            Fund = fund,
            Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate-2026-27" },
            AmountPence = pence,
        },
        At(TestTopology.Central));

    /// <summary>Offers and accepts an award of one promise, and waits until the funder knows.</summary>
    public async Task<string> AwardAsync(string funder, string recipient, Kind kind, long pence, params string[] earmarks)
    {
        var id = await OfferAsync(funder, recipient, kind, pence, earmarks);
        await AcceptAsync(recipient, id);
        return id;
    }

    /// <summary>Offers an award, and waits until its recipient knows of it.</summary>
    public async Task<string> OfferAsync(string funder, string recipient, Kind kind, long pence, params string[] earmarks)
    {
        var offered = await new AwardService.AwardServiceClient(federation.ToBody(funder)).OfferAwardAsync(
            new OfferAwardRequest
            {
                Body = funder,
                CommandId = NewId(),
                Recipient = recipient,
                Fund = FundId,
                Promises = { new Promise { FinancialYear = Year, Kind = kind, Earmarks = { earmarks }, AmountPence = pence } },
            },
            At(funder));
        await AwardAsync(recipient, offered.Award.Id, _ => true);
        return offered.Award.Id;
    }

    /// <summary>Accepts an award, and waits until its funder knows of it.</summary>
    public async Task AcceptAsync(string recipient, string id)
    {
        await new AwardService.AwardServiceClient(federation.ToBody(recipient)).AcceptAwardAsync(
            new AcceptAwardRequest { Body = recipient, CommandId = NewId(), Award = id }, At(recipient));
        await AwardAsync(id.Split('.')[0], id, award => award.State == AwardState.Accepted);
    }

    /// <summary>Offers to amend an award, and waits until its recipient knows of it.</summary>
    public async Task<Amendment> AmendAsync(string award, params Promise[] promises)
    {
        var funder = award.Split('.')[0];
        var amended = (await new AwardService.AwardServiceClient(federation.ToBody(funder)).AmendAwardAsync(
            new AmendAwardRequest { Body = funder, CommandId = NewId(), Award = award, Promises = { promises } }, At(funder))).Award;
        var amendment = amended.Amendments[^1];
        await AwardAsync(amended.Recipient, award, found => found.Amendments.Any(one => one.Id == amendment.Id));
        return amendment;
    }

    public async Task<Transfer> ReleaseAsync(string award, Kind kind, long pence, params string[] earmarks)
    {
        var funder = award.Split('.')[0];
        return (await new TransferService.TransferServiceClient(federation.ToBody(funder)).ReleaseFundsAsync(
            new ReleaseFundsRequest { Body = funder, CommandId = NewId(), Award = award, FinancialYear = Year, Kind = kind, Earmarks = { earmarks }, AmountPence = pence },
            At(funder))).Transfer;
    }

    public Task<Transfer> TransferAsync(string id, Func<Transfer, bool> enough)
    {
        var sender = id.Split('.')[0];
        return Wait.UntilAsync(
            async () => (await new TransferService.TransferServiceClient(federation.ToBody(sender)).GetTransferAsync(new GetTransferRequest { Body = sender, Transfer = id })).Transfer,
            enough, $"transfer {id}");
    }

    public Task<Transfer> SettledAsync(Transfer transfer) => TransferAsync(transfer.Id, found => found.State == TransferState.Settled);

    /// <summary>Agreement, award, release and arrival, in one.</summary>
    public async Task<string> FundAsync(string funder, string recipient, Kind kind, long pence, params string[] earmarks)
    {
        var award = await AwardAsync(funder, recipient, kind, pence, earmarks);
        await SettledAsync(await ReleaseAsync(award, kind, pence, earmarks));
        return award;
    }

    /// <summary>The project that the payments of a body are for. It is registered when it is first asked for.</summary>
    public Task<string> ProjectAsync(string body) => projects.GetOrAdd(body, async _ =>
        (await new ProjectService.ProjectServiceClient(federation.ToBody(body)).RegisterProjectAsync(ProjectRequest(body), At(body))).Project.Id);

    public static RegisterProjectRequest ProjectRequest(string body, string title = "The village hall") => new()
    {
        Body = body,
        CommandId = NewId(),
        Description = new ProjectDescription
        {
            Title = title,
            Deliverer = "GB-CHC-0000002",
            Place = Place,
            Category = "community-building",
            SocialInfrastructure = true,
            Milestones = { new Milestone { Title = "It is open", DueOn = PaidOn } },
            MatchMoney = { new MatchMoney { Organisation = "GB-CHC-0000003", AmountPence = 5_000_00 } },
        },
    };

    public async Task<Payment> PayAsync(string body, Kind kind, long pence, PayeeDetails? payee = null, string narrative = "") =>
        (await new PaymentService.PaymentServiceClient(federation.ToBody(body)).MakePaymentAsync(
            PaymentRequest(body, await ProjectAsync(body), kind, pence, payee, narrative), At(body))).Payment;

    /// <summary>A payment under a reference of its own.</summary>
    public static MakePaymentRequest PaymentRequest(string body, string project, Kind kind, long pence, PayeeDetails? payee = null, string narrative = "") => new()
    {
        Body = body,
        CommandId = NewId(),
        Fund = FundId,
        Project = project,
        FinancialYear = Year,
        PaidOn = PaidOn,
        Kind = kind,
        Category = "community-building",
        Place = Place,
        Payee = payee ?? new PayeeDetails { Organisation = "GB-CHC-0000001" },
        AmountPence = pence,
        NetPence = pence,
        Reference = $"INV-{Interlocked.Increment(ref references)}",
        Narrative = narrative,
        Evidence = Evidence,
    };

    public async Task<Report> ReportAsync(string body, string funder, string fund = FundId)
    {
        var reports = new ReportService.ReportServiceClient(federation.ToBody(body));
        var submitted = await reports.SubmitReportAsync(new SubmitReportRequest { Body = body, CommandId = NewId(), Fund = fund, Funder = funder }, At(body));
        return await Wait.UntilAsync(
            async () => (await reports.GetReportAsync(new GetReportRequest { Body = body, Report = submitted.Report.Id })).Report,
            report => report.Acknowledged, $"the acknowledgement of {submitted.Report.Id}");
    }

    public async Task<Body> BodyAsync(string body) => (await new LedgerService.LedgerServiceClient(federation.ToBody(body)).GetBodyAsync(new GetBodyRequest { Body = body })).Body;

    /// <summary>Waits until the auditor has seen every entry there is and nothing is on its way.</summary>
    public async Task<ReconcileResponse> AuditedAsync()
    {
        var entries = 0L;
        foreach (var body in federation.Topology.Bodies)
            entries += (long)(await BodyAsync(body.Id)).JournalSize;
        return await Wait.UntilAsync(async () => await Audit.ReconcileAsync(new ReconcileRequest()), found => found.Complete && found.Entries >= entries, "a complete audit");
    }

    private static async Task<T?> FindAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (RpcException missing) when (missing.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
