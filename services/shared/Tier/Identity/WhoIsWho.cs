using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>A body whose key is known, because a chain of registrations leads from it to the federation's root.</summary>
/// <param name="Key">Its verifier key; the name is the origin of its journal.</param>
/// <param name="Registration">As the registering body recorded it. Null for the root, whose key is in the settings.</param>
public sealed record KnownBody(string Body, uint Epoch, VerifierKey Key, BodyRegistered? Registration);

/// <summary>
/// Knows the keys of bodies. The root's key is pinned in the settings; any other is believed when a body that is itself
/// believed has registered it in its journal, which is followed and verified here. A body registers only tiers below its own.
/// </summary>
public sealed class WhoIsWho(IOptions<InstanceOptions> options, IHostedBodies bodies, AddressBook addresses, FollowedJournals followed, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, KnownBody> found = new();
    private readonly VerifierKey root = VerifierKey.TryParse(options.Value.TrustRoot, out var key) ? key : throw new InvalidOperationException("The trust root is not a verifier key.");

    /// <summary>The body at the root of the federation.</summary>
    public string RootBody => root.Name.Split('/')[1];

    /// <summary>
    /// A body's key. Null: no verified registration of it is known (yet). The first asking for a body begins to follow whoever
    /// registers it, and waits a little.
    /// </summary>
    public async Task<KnownBody?> FindAsync(string body, CancellationToken cancellation)
    {
        if (found.TryGetValue(body, out var before))
            return before;
        var known = await LookUpAsync(body, cancellation);
        if (known is not null)
            found[body] = known;
        return known;
    }

    private async Task<KnownBody?> LookUpAsync(string body, CancellationToken cancellation)
    {
        if (body == RootBody)
            return new KnownBody(body, uint.Parse(root.Name.Split('/')[2], CultureInfo.InvariantCulture), root, null);
        if (await RegistrationAsync(body, cancellation) is { } known)
            return known;
        // Only who has an address can be followed, so that a body cannot have names without end looked for.
        if (!addresses.Bodies.Contains(body) || await RegistrarAsync(body, cancellation) is not { } registrar
            || registrar == body || !addresses.Bodies.Contains(registrar))
            return null;
        if (bodies.Find(registrar) is null)
        {
            // The registrar's own key is looked up when following it begins; that walks the chain up to the root.
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            await followed.Follow(registrar, this).WaitUntilAsync(books => books.Registrations.ContainsKey(body), either.Token);
        }
        return await RegistrationAsync(body, cancellation);
    }

    /// <summary>
    /// The registration of a body in a hosted or followed journal, nearest to the root first. When equals contradict each other,
    /// who the body says registers it is asked; otherwise any of its registrar's equals could give it another key.
    /// </summary>
    private async Task<KnownBody?> RegistrationAsync(string body, CancellationToken cancellation)
    {
        var registrations = new List<(string By, Tier Tier, BodyRegistered Registration)>();
        foreach (var hosted in bodies.All)
            if (await OwnRegistrationAsync(hosted, body, cancellation) is { } own)
                registrations.Add((hosted.Id, hosted.Genesis.Tier, own));
        foreach (var (by, tier, registration) in followed.Read(books => (books.Body, books.Tier, books.Registrations.GetValueOrDefault(body))))
            if (registration is not null)
                registrations.Add((by, tier, registration));
        var nearest = registrations.Where(one => one.Tier < one.Registration.Tier && IsWellFormed(one.Registration))
            .GroupBy(one => one.Tier).MinBy(equals => equals.Key)?.ToList() ?? [];
        if (nearest.Select(one => one.Registration).Distinct().Count() > 1)
        {
            var registrar = await RegistrarAsync(body, cancellation);
            nearest.RemoveAll(one => one.By != registrar);
        }
        return nearest.Select(one => one.Registration).FirstOrDefault() is { } registered
            ? new KnownBody(body, registered.Epoch, VerifierKey.Of(registered.Origin, registered.PublicKey.ToByteArray()), registered)
            : null;
    }

    /// <summary>What a hosted body has registered. One that does not serve just now vouches for nobody, and the others go on.</summary>
    private static async Task<BodyRegistered?> OwnRegistrationAsync(HostedBody hosted, string body, CancellationToken cancellation)
    {
        try
        {
            return await hosted.Sequencer.ReadAsync(books => books.Registrations.GetValueOrDefault(body), cancellation);
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>A journal that is followed may hold anything: a registration counts only when it is one that the rules permit.</summary>
    private bool IsWellFormed(BodyRegistered registration) =>
        registration.Epoch >= 1 && registration.PublicKey.Length == 32
        && registration.Origin == Names.Origin(options.Value.Federation, registration.Body, registration.Epoch);

    /// <summary>Who a body says registers it: a hint where to look, believed by nobody. Null: it cannot be asked now.</summary>
    private async Task<string?> RegistrarAsync(string body, CancellationToken cancellation)
    {
        if (bodies.Find(body) is { } hosted)
            return hosted.Genesis.RegisteringBody;
        try
        {
            var journals = new JournalService.JournalServiceClient(addresses.To(body));
            var first = await journals.GetEntryAsync(
                new GetEntryRequest { Body = body }, deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
            return first.Entry?.Fact?.Genesis?.RegisteringBody;
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
