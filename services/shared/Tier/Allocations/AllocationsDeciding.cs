using FundingFlows.Allocations;
using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>Runs that are recorded, and awards that are made from them.</summary>
public sealed partial class Allocations
{
    private const int MostOfATable = 1_000_000;

    public override async Task<Sent.RecordAllocationResponse> RecordAllocation(Sent.RecordAllocationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var draft = await allocations.InTurnOfOfficerAsync(() => Read(request), context.CancellationToken);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new Sent.RecordAllocationResponse { Recorded = outcome.ToRecorded(), Allocation = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<Sent.AwardAllocationResponse> AwardAllocation(Sent.AwardAllocationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var run = fields.Entry("allocation", request.Allocation);
        fields.Check(request.Recipients.Count <= Ledger.RecordAllocation.MostRecipients && request.Recipients.All(Names.IsBody), "recipients",
            $"must be at most {Ledger.RecordAllocation.MostRecipients} bodies.");
        foreach (var twice in request.Recipients.GroupBy(recipient => recipient, StringComparer.OrdinalIgnoreCase).Where(same => same.Skip(1).Any()))
            fields.Check(false, "recipients", $"must name {twice.Key} once: it is there {twice.Count()} times.");
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Recipients.Clear();
        normalised.Recipients.Add(request.Recipients.Order(StringComparer.Ordinal));
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, normalised, new AwardAllocation(run, normalised.Recipients)), context.CancellationToken);
        return new Sent.AwardAllocationResponse
        {
            Recorded = outcome.ToRecorded(),
            Allocation = await ViewAsync(body, run, context.CancellationToken),
            Offered = outcome.Entries,
        };
    }

    /// <summary>Reads the request, and works the run out.</summary>
    private static Draft Read(Sent.RecordAllocationRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        var formula = FormulaRequests.Formula(fields, "formula", request.Formula);
        var labels = formula.Components.Select(component => component.Name).Concat(formula.Adjustments.Select(adjustment => adjustment.Name)).Prepend(formula.Name);
        fields.Check(request.Formula is null || labels.All(Names.IsLabel), "formula", "must be named, as its components and adjustments must, with 1 to 100 characters on one line.");
        var pot = FormulaRequests.Pot(fields, "pot", request.Pot);
        fields.Words("indicators.descriptions_csv", request.Indicators?.DescriptionsCsv ?? "", MostOfATable, required: true);
        fields.Words("indicators.figures_csv", request.Indicators?.FiguresCsv ?? "", MostOfATable, required: true);
        fields.ThrowIfAny();

        var table = AllocationDesk.Table(request.Indicators);
        foreach (var (recipient, i) in table.Recipients.Select((recipient, i) => (recipient, i)))
            fields.Check(Names.IsBody(recipient.Id), $"indicators.figures_csv: row {i + 1}", "must be of a body: its id is no body's.");
        fields.Check(table.Recipients.Count <= Ledger.RecordAllocation.MostRecipients, "indicators.figures_csv", $"must be of at most {Ledger.RecordAllocation.MostRecipients} bodies.");
        fields.ThrowIfAny();

        var shares = RecordedShares.Of(AllocationDesk.Run(formula, pot, table));
        var known = Sent.Formula.Parser.WithDiscardUnknownFields(true).ParseFrom(request.Formula.ToByteArray());
        return new Draft(
            id, Normalised(request, known),
            [new Words(DocumentKind.AllocationDescriptions, request.Indicators!.DescriptionsCsv), new Words(DocumentKind.AllocationFigures, request.Indicators.FiguresCsv)],
            digest => new RecordAllocation(
                fund, known, RecordedShares.Write(pot), digest(DocumentKind.AllocationDescriptions)!, digest(DocumentKind.AllocationFigures)!, shares));
    }

    private static Sent.RecordAllocationRequest Normalised(Sent.RecordAllocationRequest request, Sent.Formula formula) => new()
    {
        Body = request.Body,
        CommandId = request.CommandId,
        Fund = request.Fund,
        Formula = formula,
        Pot = { RecordedShares.Write(FormulaRequests.Pot(new Fields(), "pot", request.Pot)).Select(AllocationReplies.PotLine) },
    };
}
