using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Tiers;

/// <summary>Funds of a body's own: they are opened and get new terms, and money is issued into them.</summary>
public sealed class Programmes(CommandDesk desk) : ProgrammeService.ProgrammeServiceBase
{
    public override async Task<OpenFundResponse> OpenFund(OpenFundRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, ProgrammeRequests.Read(request), context.CancellationToken);
        var terms = await body.Sequencer.ReadAsync(books => books.Funds.Version($"{body.Id}.{request.Name}", 1), context.CancellationToken);
        return new OpenFundResponse { Recorded = outcome.ToRecorded(), Terms = terms };
    }

    public override async Task<ReviseTermsResponse> ReviseTerms(ReviseTermsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        FundTerms? terms = null;
        var draft = ProgrammeRequests.Read(request) with { Look = (books, entry) => terms = books.Funds.NewestBefore(request.Fund, entry with { Index = entry.Index + 1 }) };
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ReviseTermsResponse { Recorded = outcome.ToRecorded(), Terms = terms };
    }

    public override async Task<IssueMoneyResponse> IssueMoney(IssueMoneyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, ProgrammeRequests.Read(request), context.CancellationToken);
        var lots = await body.Sequencer.ReadAsync(
            books => books.Lots.All.Where(lot => lot.Id.Entry == outcome.First).Select(lot => lot.Id.ToString()).ToList(), context.CancellationToken);
        return new IssueMoneyResponse { Recorded = outcome.ToRecorded(), Lots = { lots } };
    }
}
