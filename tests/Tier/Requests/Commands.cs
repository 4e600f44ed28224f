using System.Security.Cryptography;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A command that would be accepted in a <see cref="Town"/>, once.</summary>
/// <param name="Needs">The role that its contract asks for.</param>
public sealed record Example(Rpc Rpc, Role Needs, IMessage Request)
{
    /// <summary>Other roles that may give it.</summary>
    public IReadOnlyList<Role> AlsoBy { get; init; } = [];

    public string Body => (string)Rpc.Method.InputType.FindFieldByName("body").Accessor.GetValue(Request);

    public Tier Tier => Body switch
    {
        Central => Tier.CentralGovernment,
        Durham or Newcastle or Town.Rotating or Town.Closing or Town.Ending or Town.HandingOver => Tier.Council,
        _ => Tier.NeighbourhoodForum,
    };

    public Task<IMessage> SendAsync(Town town, Metadata? headers) => Rpc.CallAsync(town.Federation.ToBody(Body), Request, headers);

    public Task<IMessage> SendAsync(Town town) => SendAsync(town, town.As(Body, Needs));
}

/// <summary>Every command with the role that it needs and an example. A fresh command id each time that it is asked for.</summary>
public static class Commands
{
    private static readonly Dictionary<string, (Role Needs, Func<Town, IMessage> Request)> Known = new()
    {
        ["ProposeAgreement"] = (Role.ChiefFinanceOfficer, _ => new ProposeAgreementRequest { Body = Central, Recipient = Newcastle }),
        ["AcceptAgreement"] = (Role.ChiefFinanceOfficer, town => new AcceptAgreementRequest { Body = Horden, Agreement = town.WaitingAgreement }),
        ["SuspendAgreement"] = (Role.ChiefFinanceOfficer, town => new SuspendAgreementRequest { Body = Central, Agreement = town.SpareAgreement, Reason = Town.Narrative }),
        ["ResumeAgreement"] = (Role.ChiefFinanceOfficer, town => new ResumeAgreementRequest { Body = Central, Agreement = town.SuspendedAgreement, Reason = Town.Narrative }),
        ["EndAgreement"] = (Role.ChiefFinanceOfficer, town => new EndAgreementRequest { Body = Horden, Agreement = town.UnwantedAgreement, Reason = Town.Narrative }),
        ["ProposeCustody"] = (Role.ChiefFinanceOfficer, _ => new ProposeCustodyRequest { Body = Horden, Agent = Newcastle }),
        ["AcceptCustody"] = (Role.ChiefFinanceOfficer, town => new AcceptCustodyRequest { Body = Newcastle, Custody = town.WaitingCustody }),
        ["EndCustody"] = (Role.ChiefFinanceOfficer, town => new EndCustodyRequest { Body = Durham, Custody = town.UnwantedCustody, Reason = Town.Narrative }),
        ["ExecuteInstruction"] = (Role.Approver, town => new ExecuteInstructionRequest
        {
            Body = Durham,
            Instruction = town.WaitingInstruction,
            PaidOn = Officers.PaidOn,
            Evidence = Town.Narrative,
        }),
        ["RefuseInstruction"] = (Role.Approver, town => Town.RefusalRequest(town.OtherWaitingInstruction)),
        ["MakeAppeal"] = (Role.ChiefFinanceOfficer, town => new MakeAppealRequest { Body = Town.Kept, Instruction = town.RefusedInstruction, Reasons = Town.Narrative }),
        ["DecideAppeal"] = (Role.ChiefFinanceOfficer, town => new DecideAppealRequest
        {
            Body = Durham,
            Instruction = town.AppealedInstruction,
            Allow = true,
            Reasons = Town.Narrative,
        }),
        ["OfferAward"] = (Role.Approver, _ => new OfferAwardRequest
        {
            Body = Durham,
            Recipient = Easington,
            Fund = Officers.FundId,
            Promises = { new Promise { FinancialYear = Officers.Year, Kind = Kind.Capital, Earmarks = { "neighbourhood-led" }, AmountPence = 7_00 } },
        }),
        ["RecordAllocation"] = (Role.ChiefFinanceOfficer, _ => Town.RunRequest(3_00)),
        ["AwardAllocation"] = (Role.Approver, town => new AwardAllocationRequest { Body = Durham, Allocation = town.Allocation }),
        ["AcceptAward"] = (Role.ChiefFinanceOfficer, town => new AcceptAwardRequest { Body = Easington, Award = town.WaitingAward }),
        ["DeclineAward"] = (Role.ChiefFinanceOfficer, town => new DeclineAwardRequest { Body = Easington, Award = town.OtherWaitingAward }),
        ["AmendAward"] = (Role.Approver, town => new AmendAwardRequest
        {
            Body = Central,
            Award = town.CentralAward,
            Promises = { new Promise { FinancialYear = Officers.Year, Kind = Kind.Either, Earmarks = { "neighbourhood-led" }, AmountPence = 20_000_01 } },
        }),
        ["AcceptAmendment"] = (Role.ChiefFinanceOfficer, town => new AcceptAmendmentRequest { Body = Easington, Award = town.AwardToAmend, Amendment = town.WaitingAmendment }),
        ["DeclineAmendment"] = (Role.ChiefFinanceOfficer, town => new DeclineAmendmentRequest { Body = Easington, Award = town.OtherAwardToAmend, Amendment = town.OtherWaitingAmendment }),
        ["SetStandingInstruction"] = (Role.Approver, town => town.StandingRequest(Kind.Capital)),
        ["ApproveStandingInstruction"] = (Role.Approver, town => new ApproveStandingInstructionRequest { Body = Durham, Instruction = town.WaitingStanding }),
        ["ResumeStandingInstruction"] = (Role.Approver, town => new ResumeStandingInstructionRequest { Body = Durham, Instruction = town.StoppedStanding }),
        ["EndStandingInstruction"] = (Role.Approver, town => new EndStandingInstructionRequest { Body = Durham, Instruction = town.StandingInForce }),
        ["ReleaseFunds"] = (Role.Approver, town => new ReleaseFundsRequest
        {
            Body = Central,
            Award = town.CentralAward,
            FinancialYear = Officers.Year,
            Kind = Kind.Either,
            Earmarks = { "neighbourhood-led" },
            AmountPence = 11_00,
        }),
        ["RepayUnderspend"] = (Role.Approver, town => new RepayUnderspendRequest { Body = Easington, Award = town.CouncilAward, AmountPence = 13_00 }),
        ["MakePayment"] = (Role.Preparer, town => town.PaymentRequest(17_00, narrative: Town.Narrative)),
        ["RegisterProject"] = (Role.Preparer, _ => Officers.ProjectRequest(Easington, "The green")),
        ["RequestProjectChange"] = (Role.Preparer, town => Town.ChangeRequest(town.Project)),
        ["DecideProjectChange"] = (Role.Approver, town => new DecideProjectChangeRequest { Body = Easington, Change = town.WaitingChange, Approve = true, Reasons = Town.Narrative }),
        ["ReachMilestone"] = (Role.Preparer, town => new ReachMilestoneRequest
        {
            Body = Easington,
            Project = town.Project,
            Milestone = 1,
            ReachedOn = Officers.PaidOn,
            Evidence = Officers.Evidence,
        }),
        ["CloseProject"] = (Role.Approver, town => new CloseProjectRequest { Body = Easington, Project = town.OtherProject, ClosedOn = Officers.PaidOn, Outcome = Town.Narrative }),
        ["ApprovePayment"] = (Role.Approver, town => new ApprovePaymentRequest { Body = Easington, Preparation = town.WaitingPayment }),
        ["RejectPayment"] = (Role.Approver, town => new RejectPaymentRequest { Body = Easington, Preparation = town.OtherWaitingPayment, Reasons = Town.Narrative }),
        ["DeclareInterest"] = (Role.Preparer, _ => new DeclareInterestRequest { Body = Easington, Payee = new InterestPayee { Person = Town.PersonHandle } }),
        ["EndInterest"] = (Role.Preparer, _ => new EndInterestRequest { Body = Easington, Payee = new InterestPayee { Organisation = Town.PayeeOfInterest } }),
        ["RefundPayment"] = (Role.Preparer, town => new RefundPaymentRequest { Body = Easington, Payment = town.Payment.Id, AmountPence = 19_00, Narrative = Town.Narrative }),
        ["SubmitReport"] = (Role.ChiefFinanceOfficer, _ => new SubmitReportRequest { Body = Easington, Fund = Officers.FundId, Funder = Durham }),
        ["RegisterBody"] = (Role.ChiefFinanceOfficer, town => new RegisterBodyRequest { Body = Central, Registration = Registration(town) }),
        ["AdoptKey"] = (Role.ChiefFinanceOfficer, town => new AdoptKeyRequest { Body = Town.Rotating, Replaces = town.FirstKey }),
        ["RotateKey"] = (Role.ChiefFinanceOfficer, _ => new RotateKeyRequest
        {
            Body = Central,
            Registered = Town.Rotating,
            PublicKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
            FromIndex = 1_000,
        }),
        ["DeclareEpoch"] = (Role.ChiefFinanceOfficer, town => new DeclareEpochRequest { Body = Central, Registered = Town.Elsewhere, Epoch = 2, Checkpoint = town.CheckpointOfElsewhere }),
        ["CloseBody"] = (Role.ChiefFinanceOfficer, _ => new CloseBodyRequest { Body = Town.Closing, LastDay = new Google.Type.Date { Year = 2027, Month = 3, Day = 31 } }),
        ["OrderSuccession"] = (Role.ChiefFinanceOfficer, _ => Town.Abolishing(Town.Ending)),
        ["HandOver"] = (Role.ChiefFinanceOfficer, _ => new HandOverRequest { Body = Town.HandingOver, Takers = { new Taker { Thing = Easington, Successor = Newcastle } } }),
        ["OpenFund"] = (Role.ChiefFinanceOfficer, _ => new OpenFundRequest
        {
            Body = Central,
            Name = "other-fund",
            Title = "Another fund",
            Purpose = "For what is not elsewhere.",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year },
            Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
        }),
        ["ReviseTerms"] = (Role.ChiefFinanceOfficer, _ => new ReviseTermsRequest
        {
            Body = Central,
            Fund = $"{Central}.{Town.SmallPot}",
            Title = $"Small pot {Officers.NewId()}",
            Purpose = "For what is not elsewhere.",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year + 2 },
            Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
        }),
        ["IssueMoney"] = (Role.ChiefFinanceOfficer, _ => new IssueMoneyRequest
        {
            Body = Central,
            Fund = Officers.FundId,
            Source = new Source { Kind = SourceKind.Income, Reference = "sale" },
            AmountPence = 23_00,
        }),
        ["Reserve"] = (Role.Preparer, town => town.ReserveRequest(29_00)),
        ["ReleaseReservation"] = (Role.Preparer, town => new ReleaseReservationRequest { Body = Easington, Reservation = town.Reservation, AmountPence = 31_00 }),
        ["ExpireReservation"] = (Role.Preparer, town => new ExpireReservationRequest { Body = Easington, Reservation = town.OtherReservation, AsOf = Town.YearEnd }),
        ["RecordLoanRepayment"] = (Role.Preparer, town => new RecordLoanRepaymentRequest
        {
            Body = Newcastle,
            Payment = town.Loan,
            RepaidOn = Officers.PaidOn,
            AmountPence = 47,
        }),
        ["RecordLiability"] = (Role.Preparer, town => town.LiabilityRequest(41_00)),
        ["ReduceLiability"] = (Role.Preparer, town => new ReduceLiabilityRequest { Body = Easington, Liability = town.Liability, AmountPence = 43_00, Reasons = Town.Narrative }),
        ["CloseYearProvisionally"] = (Role.ChiefFinanceOfficer, _ => new CloseYearProvisionallyRequest { Body = Newcastle, FinancialYear = Officers.Year - 1 }),
        ["CloseYear"] = (Role.ChiefFinanceOfficer, _ => new CloseYearRequest { Body = Newcastle, FinancialYear = Officers.Year - 2 }),
        ["RecordForecast"] = (Role.ChiefFinanceOfficer, _ => new RecordForecastRequest
        {
            Body = Easington,
            Fund = Officers.FundId,
            Years = { new ForecastYear { FinancialYear = Officers.Year, AmountPence = 7_00 } },
        }),
        ["SurrenderMoney"] = (Role.ChiefFinanceOfficer, _ => new SurrenderMoneyRequest
        {
            Body = Central,
            Fund = Officers.FundId,
            Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate-2026-27" },
            AmountPence = 37_00,
        }),
        ["ClaimClawback"] = (Role.ChiefFinanceOfficer, town => town.ClaimRequest(2_00)),
        ["WithdrawClawback"] = (Role.ChiefFinanceOfficer, town => new WithdrawClawbackRequest { Body = Durham, Clawback = town.Clawback, AmountPence = 3_00 }),
        ["SettleClawback"] = (Role.Approver, town => new SettleClawbackRequest { Body = Easington, Clawback = town.Clawback, AmountPence = 5_00 }),
        ["MergePots"] = (Role.ChiefFinanceOfficer, _ => new MergePotsRequest
        {
            Body = Central,
            FromFund = $"{Central}.{Town.SmallPot}",
            IntoFund = Officers.FundId,
            MostLots = 1,
        }),
        ["EraseDocument"] = (Role.ChiefFinanceOfficer, town => new EraseDocumentRequest { Body = Easington, Document = town.Payment.NarrativeDocument }),
    };

    /// <summary>Commands that several roles may give: those beside the one that they need.</summary>
    private static readonly Dictionary<string, Role[]> AlsoBy = new()
    {
        ["SetStandingInstruction"] = [Role.ChiefFinanceOfficer],
        ["ApproveStandingInstruction"] = [Role.ChiefFinanceOfficer],
        ["ResumeStandingInstruction"] = [Role.ChiefFinanceOfficer],
        ["EndStandingInstruction"] = [Role.ChiefFinanceOfficer],
        ["DeclareInterest"] = [Role.Approver, Role.ChiefFinanceOfficer],
        ["EndInterest"] = [Role.Approver, Role.ChiefFinanceOfficer],
    };

    /// <summary>The names of all commands, for theories.</summary>
    public static TheoryData<string> Names => [.. Known.Keys];

    /// <summary>The names of those that are recorded in the journal: all but the one that erases words.</summary>
    public static TheoryData<string> RecordedNames => [.. Known.Keys.Where(name => name != "EraseDocument")];

    public static Example Of(string name, Town town)
    {
        var (needs, request) = Known[name];
        var rpc = Rpc.Named(name);
        var made = request(town);
        rpc.Method.InputType.FindFieldByName("command_id")?.Accessor.SetValue(made, Officers.NewId());
        return new Example(rpc, needs, made) { AlsoBy = AlsoBy.GetValueOrDefault(name, []) };
    }

    private static BodyRegistered Registration(Town town) => new()
    {
        Body = "E06000099",
        OfficialName = "A council elsewhere",
        Tier = Tier.Council,
        LegalForm = LegalForm.LocalAuthority,
        Epoch = 1,
        Origin = $"{town.Federation.Id}/E06000099/1",
        PublicKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
    };
}
