using FundingFlows.Ledger;
using FundingFlows.Support;

namespace FundingFlows.Verifier.Tests;

/// <summary>
/// An older copy of an instance's folder, in the hands of somebody who asks nobody before he writes to it: with the body's journal and its key, but without what the body
/// has done since.
/// </summary>
internal sealed class OldCopy : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-copy-");
    private readonly string from;
    private readonly string body;
    private SqliteJournalStore? store;
    private GroupCommitter? committer;
    private KeyRing? keys;
    private Sequencer? sequencer;

    /// <summary>Copies the folder of an instance that is stopped.</summary>
    public OldCopy(TestFederation federation, string instance, string body)
    {
        this.body = body;
        from = Path.Combine(federation.Folder, instance);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder.FullName, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public long Size => sequencer!.CommittedSize;

    public VerifierKey Key => VerifierKey.Of(Origin, sequencer!.KeyAt(Size));

    private string Origin { get; set; } = "";

    /// <summary>Opens the journal, as the body's own program does, and asks nobody.</summary>
    public async Task OpenAsync()
    {
        store = SqliteJournalStore.Open(Path.Combine(folder.FullName, "journals.db"));
        committer = new GroupCommitter(store, TimeProvider.System, reason => Assert.Fail(reason));
        keys = new KeyRing(Path.Combine(folder.FullName, "keys"), body);
        var genesis = Entry.Parser.ParseFrom((await store.ReadAsync(new JournalKey(body, 1), 0, 1, CancellationToken.None))[0]).Fact.Genesis;
        Origin = genesis.Origin;
        sequencer = await Sequencer.OpenAsync(new SequencerSettings(genesis, store, committer, TimeProvider.System, _ => true, _ => false), CancellationToken.None);
    }

    /// <summary>Writes another history than the body did.</summary>
    public async Task ProposeAsync(string recipient) => Assert.Null((await sequencer!.SubmitAsync(new ProposeAgreement(recipient), null, CancellationToken.None)).Refusal);

    /// <summary>A request to a witness, with the newest checkpoint and what this history says of an earlier size.</summary>
    public async Task<string> RequestAsync(long old)
    {
        var (size, root) = sequencer!.Head();
        var note = new Checkpoint(Origin, size, root).Sign(Key, keys!.Of(Key.PublicKey));
        var tiles = new TileReader(size, (path, _) => Task.FromResult(sequencer.HashTile(1, TilePath.TryParse(path["tile/".Length..], out var tile) ? tile : default)!));
        return AddCheckpoint.Write(old, old > 0 && old <= size ? await tiles.ConsistencyAsync(old, CancellationToken.None) : [], note);
    }

    /// <summary>Puts its journals in the place of those of the instance, which is stopped.</summary>
    public async Task PutInPlaceAsync()
    {
        await CloseAsync();
        foreach (var file in Directory.GetFiles(from, "journals.db*"))
            File.Delete(file);
        foreach (var file in Directory.GetFiles(folder.FullName, "journals.db*"))
            File.Copy(file, Path.Combine(from, Path.GetFileName(file)));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        keys?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task CloseAsync()
    {
        if (committer is not null)
            await committer.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
        (committer, store) = (null, null);
    }
}
