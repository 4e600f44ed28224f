using FundingFlows.Journal;
using FundingFlows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>The root's own new epoch is declared by settings. Those that do not fit its journal stop the instance, or wait, and change nothing.</summary>
public sealed class RootEpochTests : IAsyncLifetime
{
    private TestFederation federation = null!;
    private OldDisk central = null!;
    private string kept = "";
    private long size;
    private byte[] key = [];

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options => options.Register = false);
        central = new OldDisk(federation, CentralInstance, Central);
        await federation.Officers.OpenFundAsync();
        await federation.Officers.IssueAsync(100_000_00);
        await Wait.UntilAsync(
            async () => (await federation.Officers.Audit.GetCoverageAsync(new())).Journals.Any(journal => journal.Body == Central && journal.Applied == (ulong)central.Sequencer.CommittedSize),
            seen => seen, "the auditor having seen the root");
        (kept, var checkpoint) = await NewEpochTests.CheckpointAsync(federation, Central);
        size = checkpoint.Size;
        using var voice = new PeerVoice(federation, Central);
        key = voice.Key.PublicKey;
    }

    public async ValueTask DisposeAsync() => await federation.DisposeAsync();

    [Fact]
    public async Task Settings_ThatDoNotFitTheJournal_StopTheInstanceWithASentence()
    {
        var entries = await central.EntriesAsync();
        await federation.StopAsync(CentralInstance);
        var named = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(1, kept));
        Assert.Contains(
            $"FundingFlows:RootKeeps is a checkpoint of {federation.Id}/{Central}/1, which is no earlier epoch of {federation.Id}/{Central}/1, the journal that TrustRoot names: to begin the next, that must be {KeyOf(2)} in every instance",
            named.Message, StringComparison.Ordinal);
        await RefusedAsync(2, "", $"FundingFlows:TrustRoot names epoch 2 of {Central}, which has not begun: give the checkpoint of what it keeps in RootKeeps.");
        await RefusedAsync(3, kept, $"FundingFlows:TrustRoot names epoch 3 of {Central}, whose journal is in epoch 1: the next is 2, {KeyOf(2)}");
        await StartAsync(1, "");
        Assert.Equal(entries, await central.EntriesAsync());
        Assert.Equal([1u], await EpochsAsync());

        await federation.StopAsync(CentralInstance);
        await StartAsync(2, kept);
        await BegunAsync();
        var begun = await central.EntriesAsync();
        await federation.StopAsync(CentralInstance);
        await RefusedAsync(1, "", $"FundingFlows:TrustRoot names epoch 1 of {Central}, whose journal is in epoch 2: in every instance it must be {KeyOf(2)}");
        await RefusedAsync(2, Note(1, size - 1), $"FundingFlows:RootKeeps is a checkpoint of {size - 1} entries, and epoch 2 of {Central} has begun behind {size}: an epoch begins once.");
        await RefusedAsync(2, Note(1, size), $"FundingFlows:RootKeeps is a checkpoint of {size} entries, and epoch 2 of {Central} has begun behind others: an epoch begins once.");
        // Begun is begun: the same settings again, or without the checkpoint, begin nothing.
        foreach (var keeps in new[] { kept, kept.TrimEnd('\n'), "" })
        {
            await StartAsync(2, keeps);
            await BegunAsync();
            Assert.Equal(begun, await central.EntriesAsync());
            Assert.Equal([2u, 1u], await EpochsAsync());
            await federation.StopAsync(CentralInstance);
        }
        await StartAsync(2, "");
    }

    [Fact]
    public async Task Checkpoint_OfEntriesThatNobodyHas_ChangesNothingAndSaysSo()
    {
        var entries = await central.EntriesAsync();
        foreach (var (note, why) in new[]
        {
            (Note(1, size + 3), $"The {size + 3} entries that epoch 2 keeps cannot be had yet: the disk has not all of them in epoch 1, the auditor audit has not all of them."),
            (Note(1, size), $"The {size} entries that epoch 2 keeps cannot be had yet: the disk holds others in epoch 1, the auditor audit gave others."),
        })
        {
            await federation.StopAsync(CentralInstance);
            await StartAsync(2, note);

            var all = $"{Central} takes no commands in epoch 1 of its journal any more: epoch 2 was declared. {why}";
            await Wait.UntilAsync(() => central.Sequencer.ClosedBecause == all, why);
            Assert.Equal((StatusCode.Unavailable, "JOURNAL_REPLAYING"), await Failure.OfAsync(() => federation.Officers.IssueAsync(1_00)) is var refused ? (refused.Code, refused.Reason) : default);
            Assert.Equal(entries, await central.EntriesAsync());
            Assert.Equal([1u], await EpochsAsync());
        }
        await federation.StopAsync(CentralInstance);
        await StartAsync(2, kept);
        await BegunAsync();
        Assert.Equal(entries, (await central.EntriesAsync()).Take(entries.Count));
    }

    [Fact]
    public async Task Root_ThatHasNotBegun_DoesNotBeginWithALaterEpoch()
    {
        await federation.StopAsync(CentralInstance);
        Directory.Delete(central.Folder, recursive: true);

        await RefusedAsync(2, kept, $"FundingFlows:TrustRoot names epoch 2 of {Central}, which has no journal yet: the first epoch is 1, {KeyOf(1)}");

        Assert.False(Directory.Exists(Path.Combine(central.Folder, "keys")) && Directory.EnumerateFiles(Path.Combine(central.Folder, "keys"), "*.pem").Any());
    }

    /// <summary>All of the root's journal is lost, and its key is there: what the new epoch keeps comes from the auditor.</summary>
    [Fact]
    public async Task LostJournal_OfTheRoot_ComesBackInTheNewEpoch()
    {
        var entries = await central.EntriesAsync();
        await federation.StopAsync(CentralInstance);
        foreach (var file in Directory.GetFiles(central.Folder, "journals.db*"))
            File.Delete(file);

        await StartAsync(2, kept);
        await BegunAsync();

        Assert.Equal(entries, (await central.EntriesAsync()).Take(entries.Count));
        await federation.Officers.IssueAsync(1_00);
    }

    private string KeyOf(uint epoch) => $"{VerifierKey.Of(Names.Origin(federation.Id, Central, epoch), key)}";

    /// <summary>A checkpoint that the root's key has signed, of entries that there never were.</summary>
    private string Note(uint epoch, long entries)
    {
        using var voice = new PeerVoice(federation, Central);
        var origin = Names.Origin(federation.Id, Central, epoch);
        return new Checkpoint(origin, entries, MerkleHash.Leaf([1])).Sign(VerifierKey.Of(origin, voice.Key.PublicKey), voice.Key);
    }

    private Task StartAsync(uint epoch, string keeps)
    {
        (federation.Settings["FundingFlows:TrustRoot"], federation.Settings["FundingFlows:RootKeeps"]) = (KeyOf(epoch), keeps);
        return federation.StartReadingAsync(CentralInstance);
    }

    private async Task RefusedAsync(uint epoch, string keeps, string sentence) =>
        Assert.Equal([sentence], (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(epoch, keeps))).Failures);

    private Task BegunAsync() => Wait.UntilAsync(
        () => central.Sequencer is { Key.Epoch: 2, ReadsOnlyBecause: null, ClosedBecause: null }, "the new epoch of the root");

    private async Task<IReadOnlyList<uint>> EpochsAsync() => await federation.Instance(CentralInstance).Services.GetRequiredService<IJournalStore>().EpochsAsync(Central, CancellationToken.None);
}
