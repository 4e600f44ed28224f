using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Peer.V1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Who somebody is that a body asks what they have seen of it.</summary>
public enum Asked
{
    /// <summary>Follows every journal.</summary>
    Auditor,

    /// <summary>The body that registers it, which cosigns its checkpoints.</summary>
    Registrar,

    /// <summary>A body that it deals with: it may follow it.</summary>
    Peer,
}

/// <summary>What one who was asked told of a body.</summary>
/// <param name="Who">Who told it, in words.</param>
public sealed record Told(Asked As, string Who, SeenBody Seen);

/// <summary>
/// Those whom a body asks how far its journal was seen to reach: the auditors, and the body that registers it, if that is not hosted
/// here. Who shares its disk has lost what it has lost.
/// </summary>
public sealed partial class AskedOthers(IOptions<InstanceOptions> options, AddressBook addresses, TimeProvider time, ILogger<AskedOthers> log)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);
    private readonly HashSet<string> hosted = [.. options.Value.Bodies.Select(body => body.Id)];

    /// <summary>The names of the instances that audit, as they are asked.</summary>
    public IReadOnlyList<string> Auditors { get; } = [.. options.Value.FurtherAuditors.Prepend(options.Value.Audit).Where(name => name.Length > 0).Distinct()];

    /// <summary>Whom a body asks, in words. Empty: there is nobody.</summary>
    public string Of(string registrar) =>
        string.Join(" and ", Auditors.Select(InWords).Concat(IsAsked(registrar) ? [registrar] : []));

    /// <summary>An auditor, in words.</summary>
    public static string InWords(string auditor) => $"the auditor {auditor}";

    /// <summary>Why an auditor gave nothing of a journal, to follow its name.</summary>
    public static string WhyNotKept(RpcException problem) => problem.StatusCode == StatusCode.NotFound ? "has not kept them" : "does not answer";

    /// <summary>The way to an auditor.</summary>
    public AuditService.AuditServiceClient To(string auditor) => new(addresses.ToInstance(auditor));

    /// <summary>Asks everybody at once what they have seen of those bodies. Who cannot be asked now tells nothing.</summary>
    public async Task<ILookup<string, Told>> AskAsync(IReadOnlyList<HostedBody> bodies, CancellationToken cancellation)
    {
        var questions = new List<Task<IEnumerable<Told>>>();
        foreach (var ids in bodies.Select(body => body.Id).Chunk(SeenJournals.MostBodies))
            questions.AddRange(Auditors.Select(auditor => AskAsync(Asked.Auditor, InWords(auditor), ids, async options =>
                (await To(auditor).TellSeenAsync(new() { Bodies = { ids } }, options)).Bodies, cancellation)));
        foreach (var registrar in bodies.GroupBy(body => body.Genesis.RegisteringBody).Where(same => IsAsked(same.Key)))
            foreach (var ids in registrar.Select(body => body.Id).Chunk(SeenJournals.MostBodies))
                questions.Add(AskAsync(Asked.Registrar, registrar.Key, ids, cancellation));
        return (await Task.WhenAll(questions)).SelectMany(told => told).ToLookup(told => told.Seen.Body);
    }

    /// <summary>Asks a body that another deals with what its instance has seen of that one. Null: it tells nothing now.</summary>
    public async Task<Told?> AskPeerAsync(string peer, string body, CancellationToken cancellation) => (await AskAsync(Asked.Peer, peer, [body], cancellation)).FirstOrDefault();

    /// <summary>Whether a body is asked about others: who is hosted here has lost what they have lost.</summary>
    public bool IsAsked(string body) => !hosted.Contains(body) && addresses.HasAddress(body);

    private Task<IEnumerable<Told>> AskAsync(Asked role, string who, string[] ids, CancellationToken cancellation) => AskAsync(role, who, ids, async options =>
        (await new PeerService.PeerServiceClient(addresses.To(who)).TellSeenAsync(new() { Bodies = { ids } }, options)).Bodies, cancellation);

    private async Task<IEnumerable<Told>> AskAsync(Asked role, string who, string[] ids, Func<CallOptions, Task<IEnumerable<SeenBody>>> ask, CancellationToken cancellation)
    {
        try
        {
            var seen = await ask(new CallOptions(deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation));
            return seen.Where(one => ids.Contains(one.Body)).Select(one => new Told(role, who, one));
        }
        catch (RpcException problem)
        {
            cancellation.ThrowIfCancellationRequested();
            LogNotAnswered(who, problem.StatusCode);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "What {Who} has seen cannot be asked now: {Status}.")]
    private partial void LogNotAnswered(string who, StatusCode status);
}
