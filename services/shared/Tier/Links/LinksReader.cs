using FundingFlows.Contracts.Links.V1;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Tiers;

/// <summary>Public reads of what goes on between bodies.</summary>
public sealed class LinksReader(CommandDesk desk, LinkWatch watch, SecurityRecord security) : LinkService.LinkServiceBase
{
    public override async Task<ListLinksResponse> ListLinks(ListLinksRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        var seen = await watch.OfAsync(body.Id, context.CancellationToken)
            ?? throw Errors.From(new JournalUnavailableException(Unavailability.Replaying, $"What {body.Id} has on its way could not be looked at yet."));
        var (links, next) = page.Of(seen, link => link.Receiver);
        return new ListLinksResponse { Links = { links.Select(View) }, NextPageToken = next };
    }

    public override Task<ListSecurityEventsResponse> ListSecurityEvents(ListSecurityEventsRequest request, ServerCallContext context)
    {
        desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        var (events, next) = page.Of(security.All(), SecurityRecord.KeyOf);
        return Task.FromResult(new ListSecurityEventsResponse { Events = { events }, NextPageToken = next });
    }

    private static Link View(LinkState link) => new()
    {
        Receiver = link.Receiver,
        Unanswered = (ulong)link.Unanswered,
        InTransitPence = link.InTransitPence,
        OldestAt = Timestamp.FromDateTimeOffset(link.OldestAt),
        Stuck = link.IsStuck,
        Problem = link.Problem ?? "",
    };
}
