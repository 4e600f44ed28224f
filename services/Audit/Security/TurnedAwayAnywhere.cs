using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.Options;

namespace FundingFlows.Audit;

/// <summary>
/// What was turned away by any instance, as each of them tells it when somebody asks, and by the auditor itself. It is shown as what the
/// instances say, where it has the form of it: a body that is not believed may also say nothing of its attackers.
/// </summary>
public sealed partial class TurnedAwayAnywhere(
    SecurityRecord own, AddressBook addresses, IOptions<InstanceOptions> options, TimeProvider time, ILogger<TurnedAwayAnywhere> log) : IDisposable
{
    private const int MostPages = 10;
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim asking = new(1, 1);
    private Dictionary<string, Told> told = [];
    private DateTimeOffset askedAt;

    /// <summary>What an instance told last, of which so much was dropped, and whether it told it just now.</summary>
    private sealed record Told(IReadOnlyCollection<SecurityEvent> Events, int Dropped, bool IsNew);

    /// <summary>All of it, in order, and the instances that could not be asked.</summary>
    public async Task<(IReadOnlyList<SecurityEvent> Events, IReadOnlyList<string> NotReached)> AllAsync(CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation);
        try
        {
            // Whoever reads it often does not have everybody asked as often.
            if (time.GetUtcNow() - askedAt >= AskedAgainAfter)
            {
                var before = told;
                var hosts = addresses.Hosts.ToList();
                var answers = await Task.WhenAll(hosts.Select(host => AskAsync(host, before.GetValueOrDefault(host), cancellation)));
                (told, askedAt) = (hosts.Zip(answers).ToDictionary(), time.GetUtcNow());
            }
            var mine = own.All().Select(seen => At(options.Value.Audit is { Length: > 0 } name ? name : "audit", seen));
            return ([.. told.Values.SelectMany(one => one.Events).Concat(mine).OrderBy(SecurityRecord.KeyOf, StringComparer.Ordinal)],
                [.. told.Where(one => !one.Value.IsNew).Select(one => one.Key)]);
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    private async Task<Told> AskAsync(string host, Told? before, CancellationToken cancellation)
    {
        try
        {
            var (events, pages) = (new ToldEvents(host, addresses.HasAddress), 0);
            var request = new Contracts.Links.V1.ListSecurityEventsRequest { Body = addresses.AnyBodyAt(host), PageSize = SecurityRecord.Most };
            do
            {
                var page = await new LinkService.LinkServiceClient(addresses.ToInstance(host)).ListSecurityEventsAsync(
                    request, deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
                foreach (var told in page.Events)
                    events.Take(told);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0 && !events.IsFull && ++pages < MostPages);
            if (events.Dropped != (before?.Dropped ?? 0))
                LogDropped(host, events.Dropped);
            return new Told(events.Taken, events.Dropped, IsNew: true);
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            return new Told(before?.Events ?? [], before?.Dropped ?? 0, IsNew: false);
        }
    }

    [LoggerMessage(EventId = 4010, Level = LogLevel.Warning, Message = "Of what {Instance} tells that it turned away {Count} are not of the form that an instance gives them, or too many: they are not shown.")]
    private partial void LogDropped(string instance, int count);

    private static SecurityEvent At(string instance, SecurityEvent seen)
    {
        seen.Instance = instance;
        return seen;
    }
}
