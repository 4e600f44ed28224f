using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>Works formulas out: for anyone, with nothing recorded, or as a decision of a body.</summary>
public sealed partial class Allocations(CommandDesk desk, AllocationDesk allocations, DocumentStore documents) : Sent.AllocationService.AllocationServiceBase
{
    private const int Otherwise = 100;
    private const int Most = 1_000;

    public override Task<Sent.SimulateAllocationResponse> SimulateAllocation(Sent.SimulateAllocationRequest request, ServerCallContext context)
    {
        desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, Otherwise, Most);
        var formula = FormulaRequests.Formula(fields, "formula", request.Formula);
        var pot = FormulaRequests.Pot(fields, "pot", request.Pot);
        fields.ThrowIfAny();
        return allocations.InTurnAsync(() => Simulate(formula, pot, request.Indicators, page), context.CancellationToken);
    }

    public override Task<Sent.CompareAllocationsResponse> CompareAllocations(Sent.CompareAllocationsRequest request, ServerCallContext context)
    {
        desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, Otherwise, Most);
        var before = FormulaRequests.Formula(fields, "before", request.Before);
        var after = FormulaRequests.Formula(fields, "after", request.After);
        var pot = FormulaRequests.Pot(fields, "pot", request.Pot);
        fields.ThrowIfAny();
        return allocations.InTurnAsync(() => Compare(before, after, pot, request, page), context.CancellationToken);
    }

    public override Task<Sent.WorkOutGrowthShareResponse> WorkOutGrowthShare(Sent.WorkOutGrowthShareRequest request, ServerCallContext context)
    {
        desk.Open(request.Body);
        return allocations.InTurnAsync(() => Grow(request), context.CancellationToken);
    }

    private static Sent.WorkOutGrowthShareResponse Grow(Sent.WorkOutGrowthShareRequest request)
    {
        var worked = new GrowthShare(request.Name, request.ShareBasisPoints).WorkOut(new CsvText("figures_csv", request.FiguresCsv));
        return new Sent.WorkOutGrowthShareResponse { Years = { AllocationDesk.Value(worked, "growth").Select(AllocationReplies.Growth) } };
    }

    private static Sent.SimulateAllocationResponse Simulate(Formula formula, IReadOnlyList<PotLine> pot, Sent.IndicatorTables? sent, Page page)
    {
        var table = AllocationDesk.Table(sent);
        var result = AllocationDesk.Run(formula, pot, table);
        var (recipients, next) = page.Of(Enumerable.Range(0, table.Recipients.Count), i => table.Recipients[i].Id);
        return new Sent.SimulateAllocationResponse
        {
            Workings = { AllocationReplies.Workings(result, recipients) },
            NextPageToken = next,
            Recipients = table.Recipients.Count,
            TotalPence = pot.Sum(line => line.AmountPence),
        };
    }

    private static Sent.CompareAllocationsResponse Compare(
        Formula before, Formula after, IReadOnlyList<PotLine> pot, Sent.CompareAllocationsRequest request, Page page)
    {
        var table = AllocationDesk.Table(request.Indicators);
        var comparison = AllocationDesk.Value(
            Comparing.Compare(
                AllocationDesk.Run(before, pot, table, "before"), AllocationDesk.Run(after, pot, table, "after"),
                request.Count, WrittenFormula.OrNone(request.Index), WrittenFormula.OrNone(request.Mark)),
            "comparison");
        var (changes, next) = page.Of(comparison.Changes, change => change.Recipient.Id);
        return new Sent.CompareAllocationsResponse
        {
            Changes = { changes.Select(AllocationReplies.Change) },
            NextPageToken = next,
            Gainers = comparison.Gainers,
            Losers = comparison.Losers,
            MovedPence = comparison.MovedPence,
            Before = AllocationReplies.Findings(comparison.Before),
            After = AllocationReplies.Findings(comparison.After),
            Groups = { comparison.Groups.Take(Most).Select(AllocationReplies.Gap) },
        };
    }
}
