using FundingFlows.Contracts.Years.V1;

namespace FundingFlows.Tiers;

/// <summary>The end of a body's financial years.</summary>
public sealed class YearEnds(CommandDesk desk) : YearService.YearServiceBase
{
    public override async Task<CloseYearProvisionallyResponse> CloseYearProvisionally(CloseYearProvisionallyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new CloseYearProvisionally(fields.Year("financial_year", request.FinancialYear));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request.Clone(), command), context.CancellationToken);
        return new CloseYearProvisionallyResponse { Recorded = outcome.ToRecorded(), Year = await ViewAsync(body, request.FinancialYear, context.CancellationToken) };
    }

    public override async Task<CloseYearResponse> CloseYear(CloseYearRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new CloseYear(fields.Year("financial_year", request.FinancialYear));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request.Clone(), command), context.CancellationToken);
        return new CloseYearResponse { Recorded = outcome.ToRecorded(), Year = await ViewAsync(body, request.FinancialYear, context.CancellationToken) };
    }

    public override async Task<SurrenderMoneyResponse> SurrenderMoney(SurrenderMoneyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new SurrenderMoney(
            fields.Fund("fund", request.Fund), fields.Source("source", request.Source), fields.Amount("amount_pence", request.AmountPence));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request.Clone(), command), context.CancellationToken);
        return new SurrenderMoneyResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<ListYearsResponse> ListYears(ListYearsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        return await body.Sequencer.ReadAsync(
            books => new ListYearsResponse { Years = { books.Years.All.Select(View) } }, context.CancellationToken);
    }

    private static async Task<Contracts.Years.V1.ClosedYear> ViewAsync(HostedBody body, int year, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => View(books.Years.Find(year)!), cancellation);

    private static Contracts.Years.V1.ClosedYear View(FundingFlows.Ledger.ClosedYear year) => new()
    {
        FinancialYear = year.Year,
        ClosedProvisionallyBy = year.ClosedProvisionallyBy.ToString(),
        ClosedBy = year.ClosedBy?.ToString() ?? "",
        UnspentPence = year.UnspentPence,
        CarriedPence = year.CarriedPence,
        ToReturnPence = year.UnspentPence - year.CarriedPence,
    };
}
