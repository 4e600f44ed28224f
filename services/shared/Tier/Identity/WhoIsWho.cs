using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Knows the keys of bodies. The root's key is pinned in the settings; any other is believed when the one body that it names as
/// its registrar, and that is itself believed, has registered it. What any other body says of it counts for nothing, whoever is
/// heard first and however high it stands. The journal of the registrar is hosted here, or followed and verified.
/// </summary>
public sealed class WhoIsWho(IOptions<InstanceOptions> options, IHostedBodies bodies, AddressBook addresses, FollowedJournals followed, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, KnownBody> found = new();
    private readonly KnownBody root = RootOf(options.Value.TrustRoot);
    private readonly EpochDeclared? rootEpoch = RootEpoch.Of(options.Value).Declared;

    /// <summary>The body at the root of the federation.</summary>
    public string RootBody => root.Body;

    /// <summary>
    /// A body's key. Null: it is not known (yet), because the body, its registrar or one above it cannot be asked, or because
    /// what they say does not agree; then it is asked again the next time. The first asking for a body begins to follow whoever
    /// registers it, and waits a little.
    /// </summary>
    public async Task<KnownBody?> FindAsync(string body, CancellationToken cancellation)
    {
        if (KnownAlready(body) is { } before)
            return await WithNewKeysAsync(before, cancellation);
        if (await GenesisAsync(body, cancellation) is not { } genesis || await RegisteredAsync(body, genesis, cancellation) is not { } known
            || genesis.Origin != known.Registration?.Origin || !genesis.PublicKey.Span.SequenceEqual(known.Key.PublicKey))
            return null;
        return found.GetOrAdd(body, known);
    }

    /// <summary>A body that was found before, as it is known now. Null: it was not; nobody is asked for it.</summary>
    internal async Task<KnownBody?> KnownAsync(string body, CancellationToken cancellation) =>
        KnownAlready(body) is { } before ? await WithNewKeysAsync(before, cancellation) : null;

    /// <summary>The same body with the keys that are recorded by now. While its registrar cannot be asked, with those known before.</summary>
    internal async Task<KnownBody> WithNewKeysAsync(KnownBody known, CancellationToken cancellation)
    {
        if (known.RegisteredBy is not { } registrar)
            return await WithEpochsAsync(known, cancellation);
        var registrant = await NewestAsync(registrar, known.Body, cancellation);
        return registrant is null || (KeysOf(registrant) is var keys && keys.SequenceEqual(known.Later) && registrant.Succession == known.Succession && EpochsOf(registrant).SequenceEqual(known.Declared)) ? known
            : KnownAs(registrant, known.Registration!, registrar);
    }

    /// <summary>
    /// The newest epoch that was declared of a hosted body's journal, as far as its registrar can be asked; of the root's, in the settings. Null: none but
    /// the first.
    /// </summary>
    internal async Task<EpochDeclared?> DeclaredAsync(string body, string registrar, CancellationToken cancellation) =>
        body == registrar ? body == root.Body ? rootEpoch : null
        : await NewestAsync(registrar, body, cancellation) is { } registrant ? EpochsOf(registrant).LastOrDefault() : null;

    /// <summary>The root's epochs, which nobody declares, as its own journal tells of them.</summary>
    private async Task<KnownBody> WithEpochsAsync(KnownBody known, CancellationToken cancellation)
    {
        var epochs = bodies.Find(known.Body) is { } hosted ? await OwnEpochsAsync(hosted, cancellation)
            : followed.Find(known.Body, replica => replica.Books.Epochs.All.ToList()) ?? [];
        return epochs.Count <= 1 ? known : known with
        {
            Declared = [.. epochs.Skip(1).Zip(epochs, (next, before) => new EpochDeclared { Body = known.Body, Epoch = next.Epoch, KeptEpoch = before.Epoch, KeptSize = (ulong)next.From })],
        };
    }

    private static async Task<IReadOnlyList<(uint Epoch, long From)>> OwnEpochsAsync(HostedBody hosted, CancellationToken cancellation)
    {
        try
        {
            return await hosted.Sequencer.ReadAsync(books => books.Epochs.All.ToList(), cancellation);
        }
        catch (JournalUnavailableException)
        {
            return [];
        }
    }

    /// <summary>A registered body as it is recorded now. The name of its key is the origin of its newest epoch.</summary>
    private KnownBody KnownAs(Registrant registrant, BodyRegistered registration, string registrar)
    {
        var declared = EpochsOf(registrant);
        var epoch = declared.Count == 0 ? registration.Epoch : declared[^1].Epoch;
        return new KnownBody(
            registration.Body, epoch, VerifierKey.Of(Names.Origin(options.Value.Federation, registration.Body, epoch), registration.PublicKey.ToByteArray()), registration, registrar)
        {
            Later = KeysOf(registrant),
            Succession = registrant.Succession,
            Declared = declared,
        };
    }

    /// <summary>What is recorded of a body by who registered it or, where that one was abolished, by who has taken the registration over.</summary>
    private async Task<Registrant?> NewestAsync(string registrar, string body, CancellationToken cancellation)
    {
        Registrant? newest = null;
        var asked = new HashSet<string>();
        for (var next = registrar; next is not null && asked.Add(next);)
        {
            var found = bodies.Find(next) is { } hosted ? await OwnAsync(hosted, body, cancellation) : FoundIn(next, body);
            newest = found.Registrant ?? newest;
            next = found.TakenOverBy;
        }
        return newest;
    }

    /// <summary>What a journal that is followed says. One that is not followed yet begins to be.</summary>
    private Vouched FoundIn(string registrar, string body)
    {
        if (addresses.Bodies.Contains(registrar))
            followed.Follow(registrar, this);
        return followed.Find(registrar, replica => Of(replica.Books, body)) ?? new Vouched(default, null, null);
    }

    private static Vouched Of(Books books, string body) =>
        new(books.Tier, books.Registrations.GetValueOrDefault(body), books.Vesting?.TakerOf(Vesting.RegistrationOf(body)));

    /// <summary>What a body has recorded of another, and who has taken that over from it.</summary>
    private sealed record Vouched(Tier Tier, Registrant? Registrant, string? TakenOverBy);

    /// <summary>
    /// The same for who follows the body's journal: its genesis is then compared with the registration as part of the journal,
    /// and one that contradicts it is not merely unknown but a fault that can be told.
    /// </summary>
    internal async Task<KnownBody?> FindToFollowAsync(string body, CancellationToken cancellation) =>
        await KnownAsync(body, cancellation)
        ?? (await GenesisAsync(body, cancellation) is { } genesis ? await RegisteredAsync(body, genesis, cancellation) : null);

    private KnownBody? KnownAlready(string body) => body == root.Body ? root : found.GetValueOrDefault(body);

    /// <summary>What the registrar that a genesis names has recorded of the body.</summary>
    private async Task<KnownBody?> RegisteredAsync(string body, Genesis genesis, CancellationToken cancellation)
    {
        var registrar = genesis.RegisteringBody;
        if (registrar == body)
            return null;
        var (tier, first, taker) = bodies.Find(registrar) is { } hosted
            ? await OwnAsync(hosted, body, cancellation) : await FollowedAsync(registrar, body, cancellation);
        var registrant = first is not null && taker is not null ? await NewestAsync(registrar, body, cancellation) : first;
        return registrant?.Registration is { } registration && tier < registration.Tier && IsWellFormed(registration) && registration.Equals(first!.Registration)
            ? KnownAs(registrant, registration, registrar) : null;
    }

    /// <summary>
    /// What a hosted body has registered: an instance believes the journals that it writes, so that a council knows its forums
    /// while central government is down. One that calls itself the root must have the pinned key; one that does not serve just
    /// now vouches for nobody.
    /// </summary>
    private async Task<Vouched> OwnAsync(HostedBody hosted, string body, CancellationToken cancellation)
    {
        var isRoot = hosted.Id == root.Body || hosted.Genesis.RegisteringBody == hosted.Id;
        if (isRoot && !hosted.Genesis.PublicKey.Span.SequenceEqual(root.Key.PublicKey))
            return new Vouched(default, null, null);
        try
        {
            return await hosted.Sequencer.ReadAsync(books => Of(books, body), cancellation);
        }
        catch (JournalUnavailableException)
        {
            return new Vouched(default, null, null);
        }
    }

    /// <summary>What another instance's body has registered. Its own key is looked up when following it begins; that walks the chain up to the root.</summary>
    private async Task<Vouched> FollowedAsync(string registrar, string body, CancellationToken cancellation)
    {
        if (!addresses.Bodies.Contains(registrar))
            return new Vouched(default, null, null);
        var journal = followed.Follow(registrar, this);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        await journal.WaitUntilAsync(books => books.Registrations.ContainsKey(body), either.Token);
        return FoundIn(registrar, body);
    }

    /// <summary>Copied while the books are held: they may move on.</summary>
    private static List<AdoptedKey> KeysOf(Registrant registrant) =>
        [.. registrant.Keys.Where(key => key.PublicKey.Length == AdoptedKey.Bytes).Select(key => new AdoptedKey((long)key.FromIndex, key.PublicKey))];

    /// <summary>Copied while the books are held. A journal that is followed may hold anything: those up to the first that no rule permits.</summary>
    private static List<EpochDeclared> EpochsOf(Registrant registrant)
    {
        var (last, known) = (registrant.Registration.Epoch, new List<EpochDeclared>());
        foreach (var one in registrant.Epochs)
        {
            if (one.Epoch != last + 1L || one.KeptEpoch < registrant.Registration.Epoch || one.KeptEpoch > last || one.KeptSize is 0 or > long.MaxValue || one.KeptRoot.Length != MerkleHash.Length)
                break;
            known.Add(one);
            last = one.Epoch;
        }
        return known;
    }

    /// <summary>A journal that is followed may hold anything: a registration counts only when it is one that the rules permit.</summary>
    private bool IsWellFormed(BodyRegistered registration) =>
        registration.Epoch >= 1 && registration.PublicKey.Length == 32
        && registration.Origin == Names.Origin(options.Value.Federation, registration.Body, registration.Epoch);

    /// <summary>
    /// How a body says that it began: where to look for its registration, and nothing that is believed. Null: it cannot be
    /// asked now. Only who has an address is asked, so that a body cannot have names without end looked for.
    /// </summary>
    private async Task<Genesis?> GenesisAsync(string body, CancellationToken cancellation)
    {
        if (bodies.Find(body) is { } hosted)
            return hosted.Genesis;
        if (!addresses.Bodies.Contains(body))
            return null;
        try
        {
            var journals = new JournalService.JournalServiceClient(addresses.To(body));
            var first = await journals.GetEntryAsync(
                new GetEntryRequest { Body = body }, deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
            return first.Entry?.Fact?.Genesis;
        }
        catch (RpcException)
        {
            return await KeptGenesisAsync(body, cancellation);
        }
    }

    /// <summary>The genesis of a body that is down, from the copy of one that was verified before and kept, in an epoch in which anyone registers it.</summary>
    private async Task<Genesis?> KeptGenesisAsync(string body, CancellationToken cancellation)
    {
        if (followed.Archive is { } archive)
            foreach (var epoch in followed.Read(books => books.Registrations.GetValueOrDefault(body)).OfType<Registrant>().SelectMany(one => one.AllEpochs).Distinct())
                await foreach (var bytes in archive.ReadAsync(new JournalKey(body, epoch), 0, cancellation))
                    return Entry.Parser.ParseFrom(bytes).Fact?.Genesis;
        return null;
    }

    private static KnownBody RootOf(string setting) =>
        VerifierKey.TryParse(setting, out var key) && JournalOrigin.TryParse(key.Name, out var origin)
            ? new KnownBody(origin.Body, origin.Epoch, key, null)
            : throw new InvalidOperationException("The trust root is not the verifier key of a body.");
}
