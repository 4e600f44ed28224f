using System.Text.Json;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;
using FundingFlows.Topologies;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A small federation in which everything has happened once: money has come from central government by a council to a forum and was
/// paid out; an agreement and two awards wait to be answered. Shared by the tests of a class.
/// </summary>
public sealed class Town : IAsyncLifetime
{
    public const string PayeeName = "Zebedee Quillfeather";
    public const string Narrative = "Mending Zebedee's marquee poles";
    public const string PersonHandle = "00112233445566778899aabbccddeeff";

    /// <summary>Councils that only take a new key, and that only are closed: what they do not say any more nobody misses.</summary>
    public const string Rotating = "E06000002";
    public const string Closing = "E06000003";

    /// <summary>Councils that are only abolished: one that nobody has ordered yet, and one that hands over.</summary>
    public const string Ending = "E06000004";
    public const string HandingOver = "E06000005";

    /// <summary>A fund of central government's that has money, and may be merged into the other.</summary>
    public const string SmallPot = "small-pot";
    public const string PayeeOfInterest = "GB-CHC-0000009";
    public const int NextYear = Officers.Year + 1;

    /// <summary>A forum that is unincorporated, whose money a council keeps.</summary>
    public const string Kept = "E05009070";
    private const string Led = "neighbourhood-led";

    public TestFederation Federation { get; private set; } = null!;

    public Officers Officers => Federation.Officers;

    /// <summary>Awards that were accepted, with money left to release (central government's) and to repay (the council's).</summary>
    public string CentralAward { get; private set; } = "";

    public string CouncilAward { get; private set; } = "";

    /// <summary>The agreement by which the council funds the forum, and what the forum sent back and reported under it.</summary>
    public string CouncilAgreement { get; private set; } = "";

    public string Repayment { get; private set; } = "";

    /// <summary>A claim of the council on the forum that is not met yet.</summary>
    public string Clawback { get; private set; } = "";

    public string Report { get; private set; } = "";

    /// <summary>An agreement and two awards that the forums have not answered.</summary>
    public string WaitingAgreement { get; private set; } = "";

    /// <summary>Agreements of central government: one along which nothing goes, and one that it has suspended. A council's, that a forum does not want.</summary>
    public string SpareAgreement { get; private set; } = "";

    public string SuspendedAgreement { get; private set; } = "";

    public string UnwantedAgreement { get; private set; } = "";

    /// <summary>Two forums have asked councils to keep their money; neither has answered.</summary>
    public string WaitingCustody { get; private set; } = "";

    public string UnwantedCustody { get; private set; } = "";

    /// <summary>What the forum whose money is kept has told the council to pay: two that wait, one that was refused, and one that was refused and appealed.</summary>
    public string WaitingInstruction { get; private set; } = "";

    public string OtherWaitingInstruction { get; private set; } = "";

    public string RefusedInstruction { get; private set; } = "";

    public string AppealedInstruction { get; private set; } = "";

    public string WaitingAward { get; private set; } = "";

    public string OtherWaitingAward { get; private set; } = "";

    /// <summary>A payment of the forum to a person, with a narrative.</summary>
    public Payment Payment { get; private set; } = new();

    /// <summary>The forum's project that is paid for, and one that nothing was paid for.</summary>
    public string Project { get; private set; } = "";

    public string OtherProject { get; private set; } = "";

    /// <summary>The key that signs for the council that takes a new one.</summary>
    public ByteString FirstKey { get; private set; } = ByteString.Empty;

    /// <summary>What the forum has set aside, twice.</summary>
    public string Reservation { get; private set; } = "";

    public string OtherReservation { get; private set; } = "";

    /// <summary>What a council has lent.</summary>
    public string Loan { get; private set; } = "";

    /// <summary>What the forum owes.</summary>
    public string Liability { get; private set; } = "";

    /// <summary>The last day of the year.</summary>
    public static readonly Google.Type.Date YearEnd = new() { Year = NextYear, Month = 3, Day = 31 };

    /// <summary>A change of another project, which somebody else asked for.</summary>
    public string WaitingChange { get; private set; } = "";

    /// <summary>Payments that somebody else prepared, which wait for a second person.</summary>
    public string WaitingPayment { get; private set; } = "";

    public string OtherWaitingPayment { get; private set; } = "";

    /// <summary>What the fund is for: a document that is public.</summary>
    public string PurposeDocument { get; private set; } = "";

    public static Topology Topology => TopologyReader.Parse(
        JsonSerializer.Serialize(new
        {
            instances = new[]
            {
                new { name = CentralInstance, service = nameof(ServiceKind.CentralGovernment) },
                new { name = CouncilA, service = nameof(ServiceKind.Council) },
                new { name = Forums, service = nameof(ServiceKind.NeighbourhoodForum) },
                new { name = AuditInstance, service = nameof(ServiceKind.Audit) },
                new { name = GatewayInstance, service = nameof(ServiceKind.Gateway) },
            },
            bodies = new[]
            {
                Body(Central, "government department", CentralInstance, Central),
                Body(Durham, "local authority", CouncilA, Central),
                Body(Newcastle, "local authority", CouncilA, Central),
                Body(Rotating, "local authority", CouncilA, Central),
                Body(Closing, "local authority", CouncilA, Central),
                Body(Easington, "parish council", Forums, Durham),
                Body(Horden, "parish council", Forums, Durham),
                Body(Byker, "parish council", Forums, Newcastle),
                Body(Ending, "local authority", CouncilA, Central),
                Body(HandingOver, "local authority", CouncilA, Central),
                Body(Kept, "unincorporated", Forums, Durham),
            },
        }),
        "town");

    /// <summary>The same town before anything has happened.</summary>
    public static Task<TestFederation> StartEmptyAsync(Action<TestFederationOptions>? configure = null) => TestFederation.StartAsync(options =>
    {
        options.Topology = Topology;
        options.WithAudit = false;
        configure?.Invoke(options);
    });

    public async ValueTask InitializeAsync()
    {
        Federation = await StartEmptyAsync();
        await Task.WhenAll(Officers.AgreeAsync(Central, Durham), AgreeAsync(), FundAsync());
        CentralAward = await Officers.AwardAsync(Central, Durham, Kind.Either, 20_000_00, Led);
        await Officers.SettledAsync(await Officers.ReleaseAsync(CentralAward, Kind.Either, 12_000_00, Led));
        CouncilAward = await Officers.FundAsync(Durham, Easington, Kind.Capital, 5_000_00, Led);
        Project = await Officers.ProjectAsync(Easington);
        OtherProject = (await new ProjectService.ProjectServiceClient(Federation.ToBody(Easington)).RegisterProjectAsync(
            Officers.ProjectRequest(Easington, "The bandstand"), Officers.At(Easington))).Project.Id;
        Payment = await Officers.PayAsync(
            Easington, Kind.Capital, 1_000_00, new PayeeDetails { Person = new PersonPayee { Handle = PersonHandle, Name = PayeeName } }, Narrative);
        WaitingChange = await AskForChangeAsync();
        WaitingPayment = await PrepareAsync(3_00);
        OtherWaitingPayment = await PrepareAsync(4_00);
        await new InterestService.InterestServiceClient(Federation.ToBody(Easington)).DeclareInterestAsync(
            new DeclareInterestRequest { Body = Easington, CommandId = Officers.NewId(), Payee = new InterestPayee { Organisation = PayeeOfInterest } }, Officers.At(Easington));
        Repayment = (await new TransferService.TransferServiceClient(Federation.ToBody(Easington)).RepayUnderspendAsync(
            new RepayUnderspendRequest { Body = Easington, CommandId = Officers.NewId(), Award = CouncilAward, AmountPence = 1_00 }, Officers.At(Easington))).Transfer.Id;
        Clawback = (await new ClawbackService.ClawbackServiceClient(Federation.ToBody(Durham)).ClaimClawbackAsync(ClaimRequest(41_00), Officers.At(Durham))).Clawback.Id;
        Report = (await Officers.ReportAsync(Easington, Durham)).Id;
        WaitingAward = await OfferAsync(1_00);
        OtherWaitingAward = await OfferAsync(2_00);
        WaitingAgreement = (await new AgreementService.AgreementServiceClient(Federation.ToBody(Durham)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Durham, CommandId = Officers.NewId(), Recipient = Horden }, Officers.At(Durham))).Agreement.Id;
        Reservation = await ReserveAsync();
        OtherReservation = await ReserveAsync();
        Liability = (await new ReservationService.ReservationServiceClient(Federation.ToBody(Easington)).RecordLiabilityAsync(
            LiabilityRequest(100_00), Officers.At(Easington))).Liability.Id;
        await LevyAsync();
        await AgreeMoreAsync();
        WaitingCustody = await AskForCustodyAsync(Byker, Newcastle);
        UnwantedCustody = await AskForCustodyAsync(Easington, Durham);
        await InstructAsync();
        await new RegistrationService.RegistrationServiceClient(Federation.ToBody(Central)).OrderSuccessionAsync(Abolishing(HandingOver), Officers.At(Central));
        FirstKey = (await EntryAsync($"{Rotating}.1.0")).Fact.Genesis.PublicKey;
        await QuietAsync();
    }

    /// <summary>A council goes to another, whole.</summary>
    public static OrderSuccessionRequest Abolishing(string predecessor) => new()
    {
        Body = Central,
        CommandId = Officers.NewId(),
        Predecessor = predecessor,
        Successors = { new Successor { Body = Newcastle, BasisPoints = 10_000 } },
        VestingDay = new Google.Type.Date { Year = 2027, Month = 4, Day = 1 },
    };

    public ValueTask DisposeAsync() => Federation?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A payment of the forum for its project.</summary>
    public MakePaymentRequest PaymentRequest(long pence, PayeeDetails? payee = null, string narrative = "") =>
        Officers.PaymentRequest(Easington, Project, Kind.Capital, pence, payee, narrative);

    /// <summary>Money that the forum sets aside for its project.</summary>
    public ReserveRequest ReserveRequest(long pence) => new()
    {
        Body = Easington,
        CommandId = Officers.NewId(),
        Use = new Contracts.Reservations.V1.PlannedUse
        {
            Fund = Officers.FundId,
            Project = Project,
            FinancialYear = Officers.Year,
            Kind = Kind.Capital,
            Category = "community-building",
            Place = Officers.Place,
            Supplier = "GB-COH-12345678",
        },
        ExpiresOn = YearEnd,
        Purpose = Narrative,
        AmountPence = pence,
    };

    /// <summary>What the forum owes for its project.</summary>
    public RecordLiabilityRequest LiabilityRequest(long pence) => new()
    {
        Body = Easington,
        CommandId = Officers.NewId(),
        Use = ReserveRequest(pence).Use,
        ReceivedOn = Officers.PaidOn,
        Evidence = Officers.Evidence,
        AmountPence = pence,
    };

    /// <summary>How many entries each body has, once nothing is on its way between them.</summary>
    public async Task<IReadOnlyDictionary<string, long>> QuietAsync()
    {
        foreach (var body in Federation.Topology.Bodies)
            await Wait.UntilAsync(
                async () => await Hosted(body.Id).Sequencer.ReadAsync(books => books.Deliveries.Awaiting.Count(), CancellationToken.None), count => count == 0,
                $"the answers to what {body.Id} sent");
        return Sizes();
    }

    /// <summary>How many entries each body has.</summary>
    public IReadOnlyDictionary<string, long> Sizes() => Federation.Topology.Bodies.ToDictionary(body => body.Id, body => Hosted(body.Id).Sequencer.CommittedSize);

    /// <summary>A token of a person with these roles at a body.</summary>
    public Metadata As(string body, params Role[] roles) => Officers.With(Federation.Issuer.Token(body, roles));

    public async Task<Entry> EntryAsync(string id)
    {
        var parts = id.Split('.');
        var request = new GetEntryRequest { Body = parts[0], Index = ulong.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) };
        return (await new JournalService.JournalServiceClient(Federation.ToBody(parts[0])).GetEntryAsync(request)).Entry;
    }

    private HostedBody Hosted(string body) =>
        Federation.Instance(Federation.Topology.Body(body).Instance).Services.GetRequiredService<BodyHost>().Find(body)!;

    private async Task<string> ReserveAsync() =>
        (await new ReservationService.ReservationServiceClient(Federation.ToBody(Easington)).ReserveAsync(ReserveRequest(100_00), Officers.At(Easington))).Reservation.Id;

    /// <summary>A council raises a levy of its own, of which two years are over and one is closed provisionally.</summary>
    private async Task LevyAsync()
    {
        var programmes = new ProgrammeService.ProgrammeServiceClient(Federation.ToBody(Newcastle));
        await programmes.OpenFundAsync(
            new OpenFundRequest
            {
                Body = Newcastle,
                CommandId = Officers.NewId(),
                Name = "levy",
                Title = "A levy",
                Purpose = "For what the council itself finds needful.",
                Years = new YearWindow { FirstYear = Officers.Year - 2, LastYear = NextYear },
                Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
                RecyclingYears = 1,
            },
            Officers.At(Newcastle));
        await programmes.IssueMoneyAsync(
            new IssueMoneyRequest
            {
                Body = Newcastle,
                CommandId = Officers.NewId(),
                Fund = $"{Newcastle}.levy",
                Source = new Source { Kind = SourceKind.LocalLevy, Reference = "levy-2024-25" },
                AmountPence = 10_00,
            },
            Officers.At(Newcastle));
        var loan = Officers.PaymentRequest(Newcastle, await Officers.ProjectAsync(Newcastle), Kind.Revenue, 4_00);
        (loan.Fund, loan.RepayableBy) = ($"{Newcastle}.levy", YearEnd);
        Loan = (await new PaymentService.PaymentServiceClient(Federation.ToBody(Newcastle)).MakePaymentAsync(loan, Officers.At(Newcastle))).Payment.Id;
        await new YearService.YearServiceClient(Federation.ToBody(Newcastle)).CloseYearProvisionallyAsync(
            new CloseYearProvisionallyRequest { Body = Newcastle, CommandId = Officers.NewId(), FinancialYear = Officers.Year - 2 }, Officers.At(Newcastle));
    }

    /// <summary>The council claims some of what it gave the forum back.</summary>
    public ClaimClawbackRequest ClaimRequest(long pence) => new()
    {
        Body = Durham,
        CommandId = Officers.NewId(),
        Award = CouncilAward,
        Kind = Kind.Capital,
        Earmarks = { Led },
        AmountPence = pence,
        Reason = "The work was not done.",
    };

    private async Task AgreeAsync() => CouncilAgreement = await Officers.AgreeAsync(Durham, Easington);

    private async Task AgreeMoreAsync()
    {
        SpareAgreement = await Officers.AgreeAsync(Central, Horden);
        SuspendedAgreement = await Officers.AgreeAsync(Central, Easington);
        await new AgreementService.AgreementServiceClient(Federation.ToBody(Central)).SuspendAgreementAsync(
            new SuspendAgreementRequest { Body = Central, CommandId = Officers.NewId(), Agreement = SuspendedAgreement, Reason = "A late audit." }, Officers.At(Central));
        UnwantedAgreement = (await new AgreementService.AgreementServiceClient(Federation.ToBody(Newcastle)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Newcastle, CommandId = Officers.NewId(), Recipient = Horden }, Officers.At(Newcastle))).Agreement.Id;
    }

    private async Task InstructAsync()
    {
        await Officers.KeepAsync(Durham, Kept);
        await Officers.AgreeAsync(Durham, Kept, Durham);
        await Officers.FundAsync(Durham, Kept, Kind.Revenue, 100_00, Led);
        var project = await Officers.ProjectAsync(Kept);
        WaitingInstruction = await InstructAsync(project, 1_00);
        OtherWaitingInstruction = await InstructAsync(project, 2_00);
        RefusedInstruction = await InstructAsync(project, 3_00);
        AppealedInstruction = await InstructAsync(project, 4_00);
        await QuietAsync();
        var council = new InstructionService.InstructionServiceClient(Federation.ToBody(Durham));
        foreach (var instruction in (string[])[RefusedInstruction, AppealedInstruction])
            await council.RefuseInstructionAsync(RefusalRequest(instruction), Officers.With(Federation.Issuer.TokenOf("somebody-else", Durham, Role.Approver)));
        await QuietAsync();
        await new InstructionService.InstructionServiceClient(Federation.ToBody(Kept)).MakeAppealAsync(
            new MakeAppealRequest { Body = Kept, CommandId = Officers.NewId(), Instruction = AppealedInstruction, Reasons = Narrative }, Officers.At(Kept));
    }

    private async Task<string> InstructAsync(string project, long pence)
    {
        var request = Officers.PaymentRequest(Kept, project, Kind.Revenue, pence, new PayeeDetails { Person = new PersonPayee { Handle = PersonHandle, Name = PayeeName } });
        return (await new PaymentService.PaymentServiceClient(Federation.ToBody(Kept)).MakePaymentAsync(request, Officers.At(Kept))).Instruction;
    }

    public static RefuseInstructionRequest RefusalRequest(string instruction) => new()
    {
        Body = Durham,
        CommandId = Officers.NewId(),
        Instruction = instruction,
        Ground = RefusalGround.FailedDueDiligence,
        RefusedOn = Officers.PaidOn,
        Reasons = Narrative,
        PublicText = "The payee could not be found in any register.",
    };

    private async Task<string> AskForCustodyAsync(string forum, string council) => (await new CustodyService.CustodyServiceClient(Federation.ToBody(forum)).ProposeCustodyAsync(
        new ProposeCustodyRequest { Body = forum, CommandId = Officers.NewId(), Agent = council }, Officers.At(forum))).Custody.Id;

    private async Task FundAsync()
    {
        await Officers.OpenFundAsync();
        await Officers.OpenFundAsync(SmallPot, Officers.FundId);
        await Officers.IssueAsync(29_00, $"{Central}.{SmallPot}");
        await Officers.IssueAsync(100_000_00);
        var terms = (await new LedgerService.LedgerServiceClient(Federation.ToBody(Central)).GetFundAsync(new GetFundRequest { Body = Central, Fund = Officers.FundId })).Terms;
        PurposeDocument = Convert.ToHexStringLower(terms.Purpose.Sha256.Span);
    }

    private async Task<string> AskForChangeAsync()
    {
        var projects = new ProjectService.ProjectServiceClient(Federation.ToBody(Easington));
        var project = (await projects.RegisterProjectAsync(Officers.ProjectRequest(Easington, "The pond"), Officers.At(Easington))).Project.Id;
        var asked = await projects.RequestProjectChangeAsync(ChangeRequest(project), Officers.With(Federation.Issuer.TokenOf("somebody-else", Easington, Role.Preparer)));
        return Assert.Single(asked.Project.Changes).Id;
    }

    public static RequestProjectChangeRequest ChangeRequest(string project) => new()
    {
        Body = Easington,
        CommandId = Officers.NewId(),
        Project = project,
        Description = Officers.ProjectRequest(Easington, "The larger hall").Description,
        Reasons = Narrative,
    };

    /// <summary>Pays, and prepares the same again: it may be the same payment twice.</summary>
    private async Task<string> PrepareAsync(long pence)
    {
        var payments = new PaymentService.PaymentServiceClient(Federation.ToBody(Easington));
        var request = PaymentRequest(pence);
        var other = Officers.With(Federation.Issuer.TokenOf("somebody-else", Easington, Role.Preparer));
        await payments.MakePaymentAsync(request, other);
        request.CommandId = Officers.NewId();
        return (await payments.MakePaymentAsync(request, other)).Preparation.Id;
    }

    private async Task<string> OfferAsync(long pence)
    {
        var offered = await new AwardService.AwardServiceClient(Federation.ToBody(Durham)).OfferAwardAsync(
            new OfferAwardRequest
            {
                Body = Durham,
                CommandId = Officers.NewId(),
                Recipient = Easington,
                Fund = Officers.FundId,
                Promises = { new Promise { FinancialYear = NextYear, Kind = Kind.Capital, Earmarks = { Led }, AmountPence = pence } },
            },
            Officers.At(Durham));
        return offered.Award.Id;
    }

    private static object Body(string id, string legalForm, string instance, string registeredBy) =>
        new { id, name = $"Body {id}", legalForm, organisations = OrganisationsOf(id), instance, registeredBy };
}
