using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Opens the journals of all hosted bodies before the instance listens, and keeps them. A body whose journal cannot be
/// believed does not serve and says why; the others go on.
/// </summary>
public sealed partial class BodyHost(
    Tier tier, IOptions<InstanceOptions> options, IJournalStore store, DocumentStore documents, TimeProvider time,
    ILogger<BodyHost> log) : IHostedBodies, IHostedLifecycleService, IAsyncDisposable
{
    private const uint FirstEpoch = 1;
    private readonly Dictionary<string, HostedBody> open = [];
    private readonly Dictionary<string, string> broken = [];
    private readonly HashSet<string> known = [.. options.Value.Directory.Keys, .. options.Value.Bodies.Select(body => body.Id)];
    private readonly HashSet<string> knownInAnyCase = new([.. options.Value.Directory.Keys, .. options.Value.Bodies.Select(body => body.Id)], StringComparer.OrdinalIgnoreCase);
    private GroupCommitter? committer;

    /// <summary>The bodies that serve.</summary>
    public IReadOnlyCollection<HostedBody> All => open.Values;

    /// <summary>Bodies that do not serve, and why.</summary>
    public IEnumerable<(string Body, string Why)> NotServing =>
        broken.Select(body => (body.Key, body.Value))
            .Concat(open.Values.Where(body => body.Sequencer.ClosedBecause is not null).Select(body => (body.Id, body.Sequencer.ClosedBecause!)));

    /// <summary>A hosted body. Null: it is not hosted here.</summary>
    public HostedBody? Find(string body) => open.GetValueOrDefault(body);

    /// <summary>Why a body that should be hosted here does not serve. Null: it does, or is not hosted here.</summary>
    public string? WhyBroken(string body) => broken.GetValueOrDefault(body);

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
        committer = new GroupCommitter(store, time, FailStop);
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

    private async Task OpenAsync(HostedBodyOptions settings, CancellationToken cancellation)
    {
        var value = options.Value;
        var keys = new KeyRing(Path.Combine(value.Data, "keys"), settings.Id);
        if (!File.Exists(keys.PathOf(1)) && await HasBegunAsync(settings.Id, cancellation))
        {
            Break(settings.Id, KeyIsGone(settings.Id, keys.PathOf(1)));
            return;
        }
        var origin = Names.Origin(value.Federation, settings.Id, FirstEpoch);
        var genesis = new Genesis
        {
            FormatVersion = Sequencer.FormatVersion,
            Federation = value.Federation,
            Body = settings.Id,
            Epoch = FirstEpoch,
            Origin = origin,
            PublicKey = Google.Protobuf.ByteString.CopyFrom(keys.ReadOrCreate(1).PublicKey),
            RegisteringBody = settings.RegisteredBy,
            Tier = tier,
            OfficialName = settings.OfficialName,
            LegalForm = settings.LegalForm,
            Organisations = { value.Organisations.Where(one => one.Value == settings.Id).Select(one => one.Key).Order(StringComparer.Ordinal) },
        };
        try
        {
            var sequencer = await Sequencer.OpenAsync(new SequencerSettings(genesis, store, committer!, time, IsBody, IsBodysOrganisation), cancellation);
            var adopted = await sequencer.ReadAsync(books => books.Keys.Count, cancellation);
            if (!keys.Has(sequencer.KeyAt(sequencer.CommittedSize)))
            {
                keys.Dispose();
                Break(settings.Id, KeyIsGone(settings.Id, keys.PathOf(adopted)));
                return;
            }
            await DiscardOrphansAsync(genesis, cancellation);
            var people = PersonHandles.ReadOrCreate(Path.Combine(value.Data, "keys", settings.Id + ".people"));
            var checkpoints = new CheckpointSigner(sequencer, keys, origin, time, value.CheckpointInterval);
            open.Add(settings.Id, new HostedBody(settings.Id, genesis, sequencer, keys, checkpoints, people));
            LogOpened(settings.Id, sequencer.CommittedSize);
        }
        catch (Exception problem) when (problem is JournalCorruptException or JournalUnavailableException { Why: Unavailability.Stopped })
        {
            keys.Dispose();
            Break(settings.Id, problem.Message);
        }
    }

    /// <summary>A key made now for a journal that has begun would be the wrong one, and stand in the way of the right one.</summary>
    private async Task<bool> HasBegunAsync(string body, CancellationToken cancellation)
    {
        try
        {
            return (await store.ReadAsync(new JournalKey(body, FirstEpoch), 0, 1, cancellation)).Count > 0;
        }
        catch (JournalCorruptException)
        {
            return true;
        }
    }

    private static string KeyIsGone(string body, string file) =>
        $"The journal of {body} has begun and its key {file} is not there: put the key back from a backup, and start again.";

    private void Break(string body, string why)
    {
        broken.Add(body, why);
        LogCorrupt(body, why);
    }

    /// <summary>A crash may have left words of a command that was never recorded: they are erased.</summary>
    private async Task DiscardOrphansAsync(Genesis genesis, CancellationToken cancellation)
    {
        foreach (var command in documents.NewestCommands(genesis.Body))
            if (await store.FindCommandAsync(new JournalKey(genesis.Body, genesis.Epoch), command, cancellation) is null)
                documents.Discard(genesis.Body, command);
    }

    private void FailStop(string reason)
    {
        LogNotDurable(reason);
        Environment.FailFast($"The process ends, because what is on disk is known only by reading it afresh: {reason}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Body} is open with {Entries} entries.")]
    private partial void LogOpened(string body, long entries);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Body} does not serve: {Reason}")]
    private partial void LogCorrupt(string body, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The process ends, because what is on disk is known only by reading it afresh: {Reason}")]
    private partial void LogNotDurable(string reason);
}
