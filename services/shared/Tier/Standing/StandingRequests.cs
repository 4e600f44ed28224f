using FundingFlows.Contracts.Agreements.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about standing instructions. Each throws INVALID_ARGUMENT that lists all faults, when there are any.</summary>
internal static class StandingRequests
{
    public static Draft Read(SetStandingInstructionRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var line = new StandingLine(fields.Entry("award", request.Award), fields.Kind("kind", request.Kind, either: true), fields.Earmarks("earmarks", request.Earmarks));
        fields.Check(request.Shares.Count is >= 1 and <= FundingFlows.Ledger.StandingInstruction.MostShares, "shares", $"must be 1 to {FundingFlows.Ledger.StandingInstruction.MostShares} of them.");
        var shares = request.Shares.Select((share, i) => Read(fields, $"shares[{i}]", share)).ToList();
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Earmarks.Clear();
        normalised.Earmarks.Add(line.Earmarks.Names);
        return Draft.Of(id, normalised, new SetStandingInstruction(line, shares));
    }

    /// <summary>What concerns an instruction that there is.</summary>
    public static (EntryId Instruction, Draft Draft) Read(IMessage request, string commandId, string instruction, Func<EntryId, ICommand> command)
    {
        var fields = new Fields();
        var id = fields.CommandId(commandId);
        var named = fields.Entry("instruction", instruction);
        fields.ThrowIfAny();
        return (named, Draft.Of(id, request, command(named)));
    }

    private static StandingPart Read(Fields fields, string field, ShareOfReceipts share)
    {
        fields.Check(share.PartsPerMillion is >= 1 and <= FundingFlows.Ledger.StandingInstruction.Whole, $"{field}.parts_per_million", $"must be 1 to {FundingFlows.Ledger.StandingInstruction.Whole}.");
        return new StandingPart(fields.Entry($"{field}.award", share.Award), share.PartsPerMillion);
    }
}
