using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
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
using FundingFlows.Journal;
using FundingFlows.Ledger;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>How it came about.</summary>
public sealed partial class Town
{
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
        Allocation = (await new AllocationService.AllocationServiceClient(Federation.ToBody(Durham)).RecordAllocationAsync(RunRequest(4_00), Officers.At(Durham))).Allocation.Id;
        (AwardToAmend, OtherAwardToAmend) = (await Officers.AwardAsync(Durham, Easington, Kind.Capital, 5_00, Led), await Officers.AwardAsync(Durham, Easington, Kind.Capital, 6_00, Led));
        (WaitingAmendment, OtherWaitingAmendment) = (await AmendAsync(AwardToAmend), await AmendAsync(OtherAwardToAmend));
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
        await StandAsync();
        await new RegistrationService.RegistrationServiceClient(Federation.ToBody(Central)).OrderSuccessionAsync(Abolishing(HandingOver), Officers.At(Central));
        await RegisterElsewhereAsync();
        FirstKey = (await EntryAsync($"{Rotating}.1.0")).Fact.Genesis.PublicKey;
        await QuietAsync();
    }

    /// <summary>A council that is registered and hosted by nobody here: only its key is known.</summary>
    private async Task RegisterElsewhereAsync()
    {
        using var key = BodyKey.Generate();
        var origin = Names.Origin(Federation.Id, Elsewhere, 1);
        var registration = new BodyRegistered
        {
            Body = Elsewhere,
            OfficialName = "A council that is elsewhere",
            Tier = Tier.Council,
            LegalForm = LegalForm.LocalAuthority,
            Epoch = 1,
            Origin = origin,
            PublicKey = Google.Protobuf.ByteString.CopyFrom(key.PublicKey),
        };
        await new RegistrationService.RegistrationServiceClient(Federation.ToBody(Central)).RegisterBodyAsync(
            new RegisterBodyRequest { Body = Central, CommandId = Officers.NewId(), Registration = registration }, Officers.At(Central));
        CheckpointOfElsewhere = new Checkpoint(origin, 7, new byte[32]).Sign(VerifierKey.Of(origin, key.PublicKey), key);
    }

    private async Task<string> AmendAsync(string award) =>
        (await Officers.AmendAsync(award, new Promise { FinancialYear = Officers.Year, Kind = Kind.Capital, Earmarks = { Led }, AmountPence = 7_00 })).Id;

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

    /// <summary>The council shares money of next year out among the forums that it funds: one.</summary>
    public static RecordAllocationRequest RunRequest(long pence) => new()
    {
        Body = Durham,
        CommandId = Officers.NewId(),
        Fund = Officers.FundId,
        Formula = SomeAllocation.PerHead,
        Pot = { new PotLine { FinancialYear = NextYear, Kind = Kind.Capital, Earmarks = { Led }, AmountPence = pence } },
        Indicators = new IndicatorTables { DescriptionsCsv = SomeAllocation.Indicators.DescriptionsCsv, FiguresCsv = $"id,name,population,need,last_year\n{Easington},Easington,7000,40,1" },
    };

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
}
