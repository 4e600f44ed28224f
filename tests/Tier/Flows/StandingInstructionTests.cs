using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Money that goes on without a person, by the services and the courier that carry it.</summary>
public sealed class StandingInstructionTests(Town town) : IClassFixture<Town>
{
    private StandingInstructionService.StandingInstructionServiceClient Standing => new(town.Federation.ToBody(Durham));

    [Fact]
    public async Task Instruction_ThatHasStopped_SaysWhereAndWhy()
    {
        var found = (await Standing.GetStandingInstructionAsync(new GetStandingInstructionRequest { Body = Durham, Instruction = town.StoppedStanding })).Instruction;

        Assert.Equal((StandingInstructionState.Stopped, 0, 0, 50_00, "RELEASE_FUNDS_PROMISE_EXCEEDED"),
            (found.State, found.PassedOnPence, found.Stop.Share, found.Stop.AmountPence, found.Stop.Reason));
        Assert.Equal($"£50 was not passed on under {town.GivenAward}: the award leaves less than that.", found.Stop.Sentence);
        Assert.Equal(Fact.KindOneofCase.StandingInstructionStopped, (await town.EntryAsync(found.Stop.Entry)).Fact.KindCase);
    }

    [Fact]
    public async Task Money_ThatComes_GoesOnInTheAppendThatRecordedIt()
    {
        await Standing.EndStandingInstructionAsync(
            new EndStandingInstructionRequest { Body = Durham, CommandId = Officers.NewId(), Instruction = town.StandingInForce }, town.Officers.At(Durham));
        var set = (await Standing.SetStandingInstructionAsync(town.StandingRequest(Kind.Either), town.As(Durham, Role.ChiefFinanceOfficer))).Instruction;
        Assert.Equal(StandingInstructionState.Waiting, set.State);
        var same = await Failure.OfAsync(() => ApproveAsync(set.Id, town.As(Durham, Role.ChiefFinanceOfficer)));
        Assert.Equal((StatusCode.PermissionDenied, "APPROVE_STANDING_INSTRUCTION_SET_BY_SAME_PERSON"), (same.Code, same.Reason));
        Assert.Equal(StandingInstructionState.InForce, (await ApproveAsync(set.Id, Officers.With(town.Federation.Issuer.TokenOf("bertha", Durham, Role.Approver)))).State);

        await town.Officers.SettledAsync(await town.Officers.ReleaseAsync(town.OnwardAward, Kind.Either, 101));
        await town.QuietAsync();

        var passed = Assert.Single(
            (await new TransferService.TransferServiceClient(town.Federation.ToBody(Durham)).ListTransfersAsync(new ListTransfersRequest { Body = Durham, PageSize = 200 })).Transfers,
            transfer => transfer.StandingInstruction == set.Id);
        Assert.Equal((Easington, 51, TransferState.Settled), (passed.Receiver, passed.AmountPence, passed.State));
        var sent = await town.EntryAsync(passed.Id);
        var receipt = await town.EntryAsync($"{Durham}.1.{sent.Index - 1}");
        Assert.Equal(Fact.KindOneofCase.TransferReceived, receipt.Fact.KindCase);
        Assert.Equal(receipt.RecordedAt, sent.RecordedAt);
        Assert.Equal((0, "", 0u), (sent.CommandId.Length, sent.Actor, sent.Parts));
        Assert.Equal(51, (await Standing.GetStandingInstructionAsync(new GetStandingInstructionRequest { Body = Durham, Instruction = set.Id })).Instruction.PassedOnPence);
    }

    private async Task<StandingInstruction> ApproveAsync(string instruction, Metadata by) => (await Standing.ApproveStandingInstructionAsync(
        new ApproveStandingInstructionRequest { Body = Durham, CommandId = Officers.NewId(), Instruction = instruction }, by)).Instruction;
}
