using System.Security.Cryptography;
using System.Text;
using FundingFlows.Allocations;
using Google.Protobuf;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>Recorded runs, for anyone: what was decided, from which tables, and why each gets what it gets.</summary>
public sealed partial class Allocations
{
    public override async Task<Sent.GetAllocationResponse> GetAllocation(Sent.GetAllocationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        return new Sent.GetAllocationResponse { Allocation = await ViewAsync(body, Id(request.Allocation), context.CancellationToken) };
    }

    public override async Task<Sent.ListAllocationsResponse> ListAllocations(Sent.ListAllocationsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (runs, next) = page.OfMadeNewestFirst(books.Allocations.All, _ => true);
                return new Sent.ListAllocationsResponse { Allocations = { runs.Select(run => AllocationReplies.Recorded(books, run)) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    public override async Task<Sent.ListAllocationSharesResponse> ListAllocationShares(Sent.ListAllocationSharesRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var id = fields.Entry("allocation", request.Allocation);
        var page = fields.Page(request.PageSize, request.PageToken, Otherwise, Most);
        fields.ThrowIfAny();
        return await ReadAsync(body, id, Shares, context.CancellationToken);

        Sent.ListAllocationSharesResponse Shares(Books books, RecordedAllocation run)
        {
            var (recipients, next) = page.Of(run.Shares.Keys, recipient => recipient);
            return new Sent.ListAllocationSharesResponse { Shares = { AllocationReplies.Shares(books, run, recipients) }, NextPageToken = next };
        }
    }

    public override async Task<Sent.ExplainAllocationResponse> ExplainAllocation(Sent.ExplainAllocationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var id = fields.Entry("allocation", request.Allocation);
        var page = fields.Page(request.PageSize, request.PageToken, Otherwise, Most);
        fields.ThrowIfAny();
        var run = await ReadAsync(body, id, (_, found) => found, context.CancellationToken);
        if (request.Recipient.Length > 0 && !run.Shares.ContainsKey(request.Recipient))
            throw Errors.Missing($"{(Names.IsBody(request.Recipient) ? request.Recipient : "Such a body")} is not in {id}.", ("allocation", $"{id}"));
        return await allocations.InTurnAsync(() => Explain(body, run, request.Recipient, page), context.CancellationToken);
    }

    public override async Task<Sent.GetAllocationInputsResponse> GetAllocationInputs(Sent.GetAllocationInputsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var run = await ReadAsync(body, Id(request.Allocation), (_, found) => found, context.CancellationToken);
        var (descriptions, figures) = (Table(body, run.Id, run.Descriptions), Table(body, run.Id, run.Figures));
        return new Sent.GetAllocationInputsResponse
        {
            Indicators = new Sent.IndicatorTables { DescriptionsCsv = descriptions.Words, FiguresCsv = figures.Words },
            DescriptionsSalt = ByteString.CopyFrom(descriptions.Salt),
            FiguresSalt = ByteString.CopyFrom(figures.Salt),
        };
    }

    /// <summary>Works the run out again, and answers only when it gives what was recorded.</summary>
    private Sent.ExplainAllocationResponse Explain(HostedBody body, RecordedAllocation run, string only, Page page)
    {
        var table = AllocationDesk.Table(new Sent.IndicatorTables
        {
            DescriptionsCsv = Table(body, run.Id, run.Descriptions).Words,
            FiguresCsv = Table(body, run.Id, run.Figures).Words,
        });
        var fields = new Fields();
        var formula = FormulaRequests.Formula(fields, "formula", run.Formula);
        var pot = RecordedShares.Read(run.Pot);
        var result = AllocationDesk.Run(formula, pot, table);
        if (run.Arithmetic != RecordedAllocation.NewestArithmetic || !RecordedShares.Of(result).All(share => run.Shares[share.Recipient].SequenceEqual(share.AmountPence)))
            throw Wrong(run.Id, "give something else by the arithmetic of this version");
        var chosen = Enumerable.Range(0, table.Recipients.Count).Where(i => only.Length == 0 || table.Recipients[i].Id == only);
        var (recipients, next) = page.Of(chosen, i => table.Recipients[i].Id);
        return new Sent.ExplainAllocationResponse { Workings = { AllocationReplies.Workings(result, recipients) }, NextPageToken = next };
    }

    private (string Words, byte[] Salt) Table(HostedBody body, EntryId run, DocumentDigest digest) =>
        documents.Find(body.Id, digest.Sha256.ToByteArray()) is { Words: { } words, Salt: { } salt }
        && SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(words)]).AsSpan().SequenceEqual(digest.Sha256.Span)
            ? (words, salt)
            : throw Wrong(run, "are not those that were recorded");

    private static RpcException Wrong(EntryId run, string what) =>
        Errors.Of(FailureReason.AllocationInputsWrong, $"The tables of {run} that are kept here {what}.", [("allocation", $"{run}")]);

    private static EntryId Id(string allocation)
    {
        var fields = new Fields();
        var id = fields.Entry("allocation", allocation);
        fields.ThrowIfAny();
        return id;
    }

    private static Task<Sent.RecordedAllocation> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) => ReadAsync(body, id, AllocationReplies.Recorded, cancellation);

    private static async Task<T> ReadAsync<T>(HostedBody body, EntryId id, Func<Books, RecordedAllocation, T> read, CancellationToken cancellation)
        where T : class =>
        await body.Sequencer.ReadAsync(books => books.Allocations.Find(id) is { } run ? read(books, run) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} has recorded no run {id}.", ("allocation", $"{id}"));
}
