using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reservations.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What may be asked of it, as it can be granted.</summary>
public sealed partial class Town
{
    /// <summary>A council goes to another, whole.</summary>
    public static OrderSuccessionRequest Abolishing(string predecessor) => new()
    {
        Body = Central,
        CommandId = Officers.NewId(),
        Predecessor = predecessor,
        Successors = { new Successor { Body = Newcastle, BasisPoints = 10_000 } },
        VestingDay = new Google.Type.Date { Year = 2027, Month = 4, Day = 1 },
    };

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

    public static RequestProjectChangeRequest ChangeRequest(string project) => new()
    {
        Body = Easington,
        CommandId = Officers.NewId(),
        Project = project,
        Description = Officers.ProjectRequest(Easington, "The larger hall").Description,
        Reasons = Narrative,
    };
}
