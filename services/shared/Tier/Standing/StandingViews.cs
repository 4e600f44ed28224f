using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Tiers;

/// <summary>How standing instructions are shown.</summary>
internal static class StandingViews
{
    public static Contracts.Agreements.V1.StandingInstruction Of(Books books, FundingFlows.Ledger.StandingInstruction instruction) => new()
    {
        Id = instruction.Id.ToString(),
        Award = instruction.Line.Award.ToString(),
        Kind = instruction.Line.Kind,
        Earmarks = { instruction.Line.Earmarks.Names },
        Shares = { instruction.Shares.Select(share => new ShareOfReceipts { Award = share.Award.ToString(), PartsPerMillion = share.PartsPerMillion }) },
        State = instruction.HasLapsed(books) ? StandingInstructionState.Lapsed : instruction.State switch
        {
            StandingStage.Waits => StandingInstructionState.Waiting,
            StandingStage.InForce => StandingInstructionState.InForce,
            StandingStage.Stopped => StandingInstructionState.Stopped,
            _ => StandingInstructionState.Ended,
        },
        PassedOnPence = instruction.PassedOnPence,
        Stop = instruction.Stop is not { } stop ? null : new StandingInstructionStop
        {
            Entry = stop.Entry.ToString(),
            Share = stop.Share,
            AmountPence = stop.AmountPence,
            Reason = stop.Reason,
            Sentence = stop.Sentence,
        },
    };
}
