using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What anyone may read without saying who they are.</summary>
public sealed class OpenReadTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task EveryRead_WithoutAToken_IsAnswered()
    {
        foreach (var read in Rpc.Reads)
            Assert.NotNull(await CallAsync(read));
    }

    [Fact]
    public async Task EveryRead_WithAWrongToken_IsAnsweredAllTheSame()
    {
        foreach (var read in Rpc.Reads)
            Assert.NotNull(await CallAsync(read, Officers.With("something")));
    }

    private Task<IMessage> CallAsync(Rpc read, Metadata? headers = null)
    {
        var request = Request(read);
        var body = (string)request.Descriptor.FindFieldByName("body").Accessor.GetValue(request);
        return read.CallAsync(town.Federation.ToBody(body), request, headers);
    }

    /// <summary>A request that is met.</summary>
    private IMessage Request(Rpc read) => read.Name switch
    {
        "SimulateAllocation" => SomeAllocation.Simulation(Central),
        "CompareAllocations" => SomeAllocation.Comparison(Central),
        "GetAllocation" => new GetAllocationRequest { Body = Durham, Allocation = town.Allocation },
        "GetAllocationInputs" => new GetAllocationInputsRequest { Body = Durham, Allocation = town.Allocation },
        "ListAllocationShares" => new ListAllocationSharesRequest { Body = Durham, Allocation = town.Allocation },
        "ExplainAllocation" => new ExplainAllocationRequest { Body = Durham, Allocation = town.Allocation },
        "WorkOutGrowthShare" => SomeAllocation.Growth(Central),
        "GetAgreement" => new GetAgreementRequest { Body = Easington, Agreement = town.CouncilAgreement },
        "GetAward" => new GetAwardRequest { Body = Easington, Award = town.CouncilAward },
        "GetClawback" => new GetClawbackRequest { Body = Easington, Clawback = town.Clawback },
        "GetDocument" => new GetDocumentRequest { Body = Central, Document = town.PurposeDocument },
        "GetCustody" => new GetCustodyRequest { Body = Byker, Custody = town.WaitingCustody },
        "GetInstruction" => new GetInstructionRequest { Body = Town.Kept, Instruction = town.RefusedInstruction },
        "GetSettlement" => new GetSettlementRequest { Body = Easington, Fund = Officers.FundId },
        "GetFund" => new GetFundRequest { Body = Easington, Fund = Officers.FundId },
        "ListFundTerms" => new ListFundTermsRequest { Body = Easington, Fund = Officers.FundId },
        "GetLiability" => new GetLiabilityRequest { Body = Easington, Liability = town.Liability },
        "GetLot" => new GetLotRequest { Body = Easington, Lot = town.Payment.Pieces[0].Lot },
        "GetPayment" => new GetPaymentRequest { Body = Easington, Payment = town.Payment.Id },
        "GetPreparation" => new GetPreparationRequest { Body = Easington, Preparation = town.WaitingPayment },
        "GetProject" => new GetProjectRequest { Body = Easington, Project = town.Project },
        "GetRegistration" => new GetRegistrationRequest { Body = Central, Registered = Durham },
        "GetStandingInstruction" => new GetStandingInstructionRequest { Body = Durham, Instruction = town.StoppedStanding },
        "GetReport" => new GetReportRequest { Body = Easington, Report = town.Report },
        "GetReservation" => new GetReservationRequest { Body = Easington, Reservation = town.Reservation },
        "GetTransfer" => new GetTransferRequest { Body = Easington, Transfer = town.Repayment },
        "ListReceivedReports" => new ListReceivedReportsRequest { Body = Easington, Fund = Officers.FundId },
        _ => read.Empty(Easington),
    };
}
