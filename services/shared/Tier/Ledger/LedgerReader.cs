using FundingFlows.Contracts.Ledger.V1;

namespace FundingFlows.Tiers;

/// <summary>Public reads of a body's books.</summary>
public sealed class LedgerReader(CommandDesk desk) : LedgerService.LedgerServiceBase
{
    public override async Task<GetBodyResponse> GetBody(GetBodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        return await body.Sequencer.ReadAsync(
            (books, root) => new GetBodyResponse { Body = books.ToView(root, body.Sequencer.ReadsOnlyBecause) }, context.CancellationToken);
    }

    public override async Task<ListAccountsResponse> ListAccounts(ListAccountsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        bool Asked(string fund) => request.Fund.Length == 0 || fund == request.Fund;
        return await body.Sequencer.ReadAsync(
            books => new ListAccountsResponse
            {
                Lines =
                {
                    books.Accounts.Lines.Where(line => Asked(line.Key.Fund)).Select(line => books.ToView(line.Key, line.Value)),
                },
                Commitments =
                {
                    books.Funds.All.Where(terms => Asked(terms.Fund))
                        .Select(terms => new FundCommitment
                        {
                            Fund = terms.Fund,
                            CommittedPence = books.Awards.CommittedPence(books.Body, terms.Fund),
                            OwedPence = Figures.OwedPence(books, terms.Fund),
                        }),
                },
            },
            context.CancellationToken);
    }

    public override async Task<ListFundsResponse> ListFunds(ListFundsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        var (funds, next) = await body.Sequencer.ReadAsync(books => page.Of(books.Funds.All, terms => terms.Fund), context.CancellationToken);
        return new ListFundsResponse { Funds = { funds }, NextPageToken = next };
    }

    public override async Task<GetFundResponse> GetFund(GetFundRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var fund = fields.Fund("fund", request.Fund);
        fields.ThrowIfAny();
        var terms = await body.Sequencer.ReadAsync(
            books => request.TermsVersion == 0 ? books.Funds.Newest(fund) : books.Funds.Version(fund, request.TermsVersion),
            context.CancellationToken);
        return new GetFundResponse { Terms = terms ?? throw Errors.Missing($"{body.Id} does not know such terms of {fund}.", ("fund", fund)) };
    }

    public override async Task<ListFundTermsResponse> ListFundTerms(ListFundTermsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var fund = fields.Fund("fund", request.Fund);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 20, most: 50);
        fields.ThrowIfAny();
        var (terms, next) = await body.Sequencer.ReadAsync(books => page.Of(books.Funds.Versions(fund), one => $"{one.Version:d10}"), context.CancellationToken);
        return new ListFundTermsResponse { Terms = { terms }, NextPageToken = next };
    }

    public override async Task<ListLotsResponse> ListLots(ListLotsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 100, most: 1_000);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (lots, next) = page.OfMade(
                    books.Lots.All,
                    lot => (request.Fund.Length == 0 || lot.Line.Fund == request.Fund) && (!request.RemainingOnly || lot.RemainingPence > 0));
                return new ListLotsResponse { Lots = { lots.Select(lot => lot.ToView()) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    public override async Task<GetLotResponse> GetLot(GetLotRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        fields.Check(LotId.TryParse(request.Lot, out var id), "lot", "must be written body.epoch.index.ordinal.");
        fields.ThrowIfAny();
        var lot = await body.Sequencer.ReadAsync(books => books.Lots.Find(id)?.ToView(), context.CancellationToken);
        return new GetLotResponse { Lot = lot ?? throw Errors.Missing($"{body.Id} holds no lot {id}.", ("lot", $"{id}")) };
    }
}
