using FundingFlows.Contracts.Merging.V1;

namespace FundingFlows.Tiers;

/// <summary>Pots that a body merges.</summary>
public sealed class Merging(CommandDesk desk) : MergingService.MergingServiceBase
{
    private const int UsualStep = 256;

    public override async Task<MergePotsResponse> MergePots(MergePotsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var (from, into) = (fields.Fund("from_fund", request.FromFund), fields.Fund("into_fund", request.IntoFund));
        var award = request.Award.Length == 0 ? (EntryId?)null : fields.Entry("award", request.Award);
        fields.Check(request.MostLots is >= 0 and <= Ledger.MergePots.MostLotsOfAStep, "most_lots", $"must be 1 to {Ledger.MergePots.MostLotsOfAStep}, or 0 for {UsualStep}.");
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.MostLots = request.MostLots == 0 ? UsualStep : request.MostLots;
        var command = new MergePots(from, into, award, normalised.MostLots);
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, normalised, command), context.CancellationToken);
        var answer = await body.Sequencer.ReadAsync(books => Told(books, outcome, command), context.CancellationToken);
        answer.Recorded = outcome.ToRecorded();
        return answer;
    }

    /// <summary>What the step did, and what is there for another one as things are now.</summary>
    private static MergePotsResponse Told(Books books, Outcome outcome, MergePots command)
    {
        var merged = books.Lots.All.Where(lot => lot.Id.Entry.Index >= outcome.First.Index && lot.Id.Entry.Index < outcome.First.Index + outcome.Entries).ToList();
        var now = MergeProspect.Of(books, command.From, command.Into, command.Award);
        return new MergePotsResponse
        {
            Lots = merged.Count,
            AmountPence = merged.Sum(lot => lot.AmountPence),
            LotsLeft = now.Lots,
            LeftPence = now.AmountPence,
            LotsKept = now.KeptLots,
            KeptPence = now.KeptPence,
        };
    }
}
