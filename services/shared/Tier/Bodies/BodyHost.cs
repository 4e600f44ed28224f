using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Opens the journals of all hosted bodies before the instance listens, and keeps them. A body whose journal cannot be
/// believed does not serve and says why; the others go on. A body that began before only reads, until it has heard that its journal is the
/// newest that there is.
/// </summary>
public sealed partial class BodyHost(
    Tier tier, IOptions<InstanceOptions> options, IJournalStore store, DocumentStore documents, AskedOthers others, FailStop failing, TimeProvider time,
    ILogger<BodyHost> log) : IHostedBodies, IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>What the hosted bodies are.</summary>
    public Tier Tier => tier;

    private const uint FirstEpoch = 1;
    private readonly ConcurrentDictionary<string, HostedBody> open = new();
    private readonly ConcurrentDictionary<string, string> broken = new();
    private readonly ConcurrentDictionary<string, bool> begunNow = new();
    private readonly HashSet<string> known = [.. options.Value.Directory.Keys, .. options.Value.Bodies.Select(body => body.Id)];
    private readonly HashSet<string> knownInAnyCase = new([.. options.Value.Directory.Keys, .. options.Value.Bodies.Select(body => body.Id)], StringComparer.OrdinalIgnoreCase);
    private GroupCommitter? committer;

    /// <summary>The bodies that serve, in the order of their ids.</summary>
    public IReadOnlyCollection<HostedBody> All => [.. open.Values.OrderBy(body => body.Id, StringComparer.Ordinal)];

    /// <summary>Told of a body that serves after all, because its journal was made good.</summary>
    public event Action<HostedBody>? Opened;

    /// <summary>The bodies that do not serve because their journals cannot be believed, and who registers each.</summary>
    internal IEnumerable<(string Body, string Registrar)> Broken =>
        options.Value.Bodies.Where(body => broken.ContainsKey(body.Id)).Select(body => (body.Id, body.RegisteredBy));

    /// <summary>Bodies that do not serve, and why.</summary>
    public IEnumerable<(string Body, string Why)> NotServing =>
        broken.Select(body => (body.Key, body.Value))
            .Concat(open.Values.Where(body => body.Sequencer.CommittedSize == 0).Select(body => (body.Id, body.Sequencer.ReadsOnlyBecause ?? "")))
            .Concat(open.Values.Where(body => body.Sequencer.ClosedBecause is not null).Select(body => (body.Id, body.Sequencer.ClosedBecause!)));

    /// <summary>A hosted body. Null: it is not hosted here.</summary>
    public HostedBody? Find(string body) => open.GetValueOrDefault(body);

    /// <summary>Why a body that should be hosted here does not serve. Null: it does, or is not hosted here.</summary>
    public string? WhyBroken(string body) => broken.GetValueOrDefault(body);

    /// <summary>Whether a body's key was made by this start: nobody can have seen anything of it before.</summary>
    public bool HasBegunNow(string body) => begunNow.ContainsKey(body);

    /// <summary>Whether an id, exactly as it is written, is that of a body of the federation.</summary>
    public bool IsBody(string id) => known.Contains(id);

    /// <summary>
    /// Whether an organisation identifier is that of a body of the federation, in capitals or not: one that the settings name
    /// (<c>GB-CHC-1234567</c>), or one in which all that follows the register is the body's id (<c>GB-LAE-E06000047</c>).
    /// </summary>
    public bool IsBodysOrganisation(string identifier) =>
        options.Value.Organisations.ContainsKey(identifier) || knownInAnyCase.Contains(identifier) || identifier.Split('-', 3) is [_, _, var number] && knownInAnyCase.Contains(number);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        committer = new GroupCommitter(store, time, failing.EndProcess);
        foreach (var settings in options.Value.Bodies)
            await OpenAsync(settings, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was accepted is made durable before the process ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (committer is not null)
            await committer.DisposeAsync();
        foreach (var body in open.Values)
            body.Keys.Dispose();
    }

    /// <summary>Opens a body again whose journal could not be believed. False: it still cannot be.</summary>
    internal async Task<bool> OpenAgainAsync(string body, CancellationToken cancellation)
    {
        await OpenAsync(options.Value.Bodies.First(settings => settings.Id == body), cancellation);
        if (!open.TryGetValue(body, out var serves))
            return false;
        broken.TryRemove(body, out _);
        Opened?.Invoke(serves);
        return true;
    }

    private async Task OpenAsync(HostedBodyOptions settings, CancellationToken cancellation)
    {
        var value = options.Value;
        var keys = new KeyRing(Path.Combine(value.Data, "keys"), settings.Id);
        if (await EpochsAsync(settings.Id, cancellation) is not { } epochs)
        {
            keys.Dispose();
            return;
        }
        // A key made now for a journal that has begun would be the wrong one, and stand in the way of the right one.
        var isNew = !File.Exists(keys.PathOf(1));
        if (isNew && epochs.Count > 0)
        {
            Break(settings.Id, KeyIsGone(settings.Id, keys.PathOf(1)));
            return;
        }
        var root = settings.RegisteredBy == settings.Id && RootEpoch.Of(value) is var named && named.IsOf(settings.Id) ? named : null;
        if (epochs.Count == 0)
            root?.Check([], mayBeLost: !isNew && others.Of(settings.RegisteredBy).Length > 0, _ => []);
        var genesis = new Genesis
        {
            FormatVersion = Sequencer.FormatVersion,
            Federation = value.Federation,
            Body = settings.Id,
            Epoch = FirstEpoch,
            Origin = Names.Origin(value.Federation, settings.Id, FirstEpoch),
            PublicKey = Google.Protobuf.ByteString.CopyFrom(keys.ReadOrCreate(1).PublicKey),
            RegisteringBody = settings.RegisteredBy,
            Tier = tier,
            OfficialName = settings.OfficialName,
            LegalForm = settings.LegalForm,
            Organisations = { value.Organisations.Where(one => one.Value == settings.Id).Select(one => one.Key).Order(StringComparer.Ordinal) },
        };
        try
        {
            var asked = isNew ? "" : Asked(settings);
            var sequencer = await OpenNewestAsync(
                new SequencerSettings(genesis, store, committer!, time, IsBody, IsBodysOrganisation) { ReadsOnly = asked.Length == 0 ? null : ReadsOnly(settings.Id, asked) }, epochs, cancellation);
            if (await MissingKeyAsync(sequencer, keys, cancellation) is { } missing)
            {
                keys.Dispose();
                Break(settings.Id, KeyIsGone(settings.Id, missing));
                return;
            }
            if (root is not null)
                await CheckRootAsync(root, sequencer, cancellation);
            if (asked.Length == 0)
                await DiscardOrphansAsync(settings.Id, cancellation);
            if (isNew)
                begunNow[settings.Id] = true;
            var people = PersonHandles.ReadOrCreate(Path.Combine(value.Data, "keys", settings.Id + ".people"));
            var checkpoints = new CheckpointSigner(sequencer, keys, value.Federation, time, value.CheckpointInterval);
            open.TryAdd(settings.Id, new HostedBody(settings.Id, genesis, sequencer, keys, checkpoints, people));
            LogOpened(settings.Id, sequencer.CommittedSize);
        }
        catch (Exception problem) when (problem is JournalCorruptException or JournalUnavailableException { Why: Unavailability.Stopped })
        {
            keys.Dispose();
            Break(settings.Id, problem.Message);
        }
        catch (OptionsValidationException)
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets a body take commands that has heard that its journal is the newest. Answers with why it cannot, in a sentence; null: it does. Throws
    /// as the store does.
    /// </summary>
    /// <param name="epoch">Of which epoch's journal it has heard that: once it has gone on in a later one, it asks for that.</param>
    public async Task<string?> GoOnAsync(HostedBody body, uint epoch)
    {
        if (await MissingKeyAsync(body.Sequencer, body.Keys, CancellationToken.None) is { } missing)
            return KeyIsGone(body.Id, missing);
        await DiscardOrphansAsync(body.Id, CancellationToken.None);
        await body.Sequencer.LetGoAsync(epoch);
        return null;
    }

    /// <summary>
    /// Goes on in the journal of a later epoch, which has been begun in the store. Its disk may be an old copy, and that epoch have begun before: it only
    /// reads there until it has heard that it has not. Throws as <see cref="Sequencer.GoOnInAsync"/> does.
    /// </summary>
    internal async Task GoOnInAsync(HostedBody body, uint epoch, CancellationToken cancellation)
    {
        var asked = others.Of(body.Genesis.RegisteringBody);
        var why = $"{body.Id} only reads for now: it begins epoch {epoch} of its journal, and asks {asked} whether that had begun before.";
        await body.Sequencer.GoOnInAsync(epoch, asked.Length == 0 ? null : why, cancellation);
    }

    /// <summary>Whom a body is to ask before it takes commands, in words. Empty: there is nobody.</summary>
    private string Asked(HostedBodyOptions settings)
    {
        var asked = others.Of(settings.RegisteredBy);
        if (asked.Length == 0)
            LogNobodyAsked(settings.Id);
        return asked;
    }

    private static string ReadsOnly(string body, string asked) =>
        $"{body} only reads for now: it has just started, and asks {asked} whether its journal is the newest that there is.";

    /// <summary>The root is in the epoch that the settings name, or takes no commands until it has begun that one.</summary>
    private static async Task CheckRootAsync(RootEpoch root, Sequencer sequencer, CancellationToken cancellation)
    {
        root.Check(sequencer.CommittedSize == 0 ? [] : await sequencer.ReadAsync(books => books.Epochs.All.ToList(), cancellation), mayBeLost: true, sequencer.RootAt);
        if (root.Declared is { } declared && declared.Epoch > sequencer.Key.Epoch)
            await sequencer.EndEpochAsync(EpochKeeper.Ended(sequencer.Key, declared));
    }

    /// <summary>The file of the key that signs what the journal says now. Null: it is there.</summary>
    private static async Task<string?> MissingKeyAsync(Sequencer sequencer, KeyRing keys, CancellationToken cancellation) =>
        keys.Has(sequencer.KeyAt(sequencer.CommittedSize)) ? null : keys.PathOf(await sequencer.ReadAsync(books => books.Keys.Count, cancellation));

    /// <summary>The epochs that the store has of a body. Null: that cannot be read, and the body does not serve.</summary>
    private async Task<IReadOnlyList<uint>?> EpochsAsync(string body, CancellationToken cancellation)
    {
        try
        {
            return await store.EpochsAsync(body, cancellation);
        }
        catch (JournalCorruptException problem)
        {
            Break(body, problem.Message);
            return null;
        }
    }

    /// <summary>
    /// Opens the journal of the newest epoch that has begun. A later one that is there in part was not: whoever made it was interrupted,
    /// and it is made to the end once its declaration is seen again.
    /// </summary>
    private static async Task<Sequencer> OpenNewestAsync(SequencerSettings settings, IReadOnlyList<uint> epochs, CancellationToken cancellation)
    {
        foreach (var epoch in epochs)
            try
            {
                return await Sequencer.OpenAsync(settings with { Epoch = epoch }, cancellation);
            }
            catch (EpochNotBegunException problem)
            {
                // The one before is in force; where that was lost, others are asked for it. A new one is never begun in its place.
                if (epoch == epochs[^1] && settings.ReadsOnly is null)
                    throw new JournalCorruptException(problem.Message, problem);
            }
        return await Sequencer.OpenAsync(settings, cancellation);
    }

    private static string KeyIsGone(string body, string file) =>
        $"The journal of {body} has begun and its key {file} is not there: put the key back from a backup, and start again.";

    private void Break(string body, string why)
    {
        broken[body] = why;
        LogCorrupt(body, why);
    }

    /// <summary>A crash may have left words of a command that was never recorded, in no epoch: they are erased.</summary>
    private async Task DiscardOrphansAsync(string body, CancellationToken cancellation)
    {
        var epochs = await store.EpochsAsync(body, cancellation);
        foreach (var command in documents.NewestCommands(body))
        {
            var isRecorded = false;
            foreach (var epoch in epochs)
                isRecorded |= await store.FindCommandAsync(new JournalKey(body, epoch), command, cancellation) is not null;
            if (!isRecorded)
                documents.Discard(body, command);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Body} is open with {Entries} entries.")]
    private partial void LogOpened(string body, long entries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Body} takes commands without having asked whether its journal is the newest: the settings name no auditor, and nobody else who would know.")]
    private partial void LogNobodyAsked(string body);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Body} does not serve: {Reason}")]
    private partial void LogCorrupt(string body, string reason);
}
