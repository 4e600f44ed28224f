using System.Net;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body that starts takes no commands before somebody who would know has said that nothing is missing. It is read all the same.</summary>
public sealed class NobodyKnowsTests
{
    [Fact]
    public async Task Body_ThatNobodyAnswers_OnlyReadsUntilSomebodyDoes()
    {
        await using var federation = await TestFederation.StartAsync();
        var (officers, region) = (federation.Officers, new OldDisk(federation, RegionInstance, Region));
        await OldCopyTests.PlayAsync(federation);
        var before = await region.EntriesAsync();
        foreach (var instance in new[] { AuditInstance, CentralInstance, RegionInstance })
            await federation.StopAsync(instance);

        await federation.StartReadingAsync(RegionInstance);

        var why = $"{Region} only reads for now: it has just started, and asks the auditor audit and {Central} whether its journal is the newest that there is.";
        Assert.Equal(why, await OldDisk.RefusedAsync(() => officers.AwardAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led")));
        Assert.Equal(why, (await officers.BodyAsync(Region)).ReadsOnly);
        Assert.Equal(before, await region.EntriesAsync());
        using var http = new HttpClient { BaseAddress = federation.HttpOf(RegionInstance) };
        Assert.StartsWith(region.Sequencer.Key.Body, (await http.GetStringAsync(new Uri($"/journals/{Region}/1/checkpoint", UriKind.Relative))).Split('/')[1], StringComparison.Ordinal);
        var health = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("1 bodies serve, and 1 of them only read.", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await federation.StartReadingAsync(CentralInstance);

        // Its registering body is enough, though that one only reads itself.
        await region.UntilItGoesOnAsync();
        Assert.NotNull(federation.Instance(CentralInstance).Services.GetRequiredService<BodyHost>().Find(Central)!.Sequencer.ReadsOnlyBecause);
        await officers.FundAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led");
    }

    [Fact]
    public async Task Federation_ThatStartsAllAtOnce_GoesOn()
    {
        await using var federation = await TestFederation.StartAsync();
        await OldCopyTests.PlayAsync(federation);
        string[] all = [Forums, CouncilB, CouncilA, RegionInstance, CentralInstance, AuditInstance];
        foreach (var instance in all)
            await federation.StopAsync(instance);

        foreach (var instance in all)
            await federation.StartReadingAsync(instance);

        foreach (var bodies in all.Select(instance => federation.Instance(instance).Services.GetService<BodyHost>()).OfType<BodyHost>())
            await Wait.UntilAsync(() => bodies.All.All(body => body.Sequencer.ReadsOnlyBecause is null), "all bodies taking commands");
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led");
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task Body_WhoseKeyIsMadeNow_AsksNobody()
    {
        await using var federation = await TestFederation.StartAsync(options => options.Register = false);
        foreach (var instance in new[] { AuditInstance, CentralInstance, CouncilA, CouncilB })
            await federation.StopAsync(instance);
        Directory.Delete(Path.Combine(federation.Folder, CouncilB), recursive: true);

        await federation.StartReadingAsync(CouncilA);
        await federation.StartReadingAsync(CouncilB);

        Assert.NotNull(new OldDisk(federation, CouncilA, Durham).ReadsOnly);
        Assert.Null(new OldDisk(federation, CouncilB, Hartlepool).ReadsOnly);
    }

    [Fact]
    public async Task Root_WithoutAnAuditor_AsksNobodyAndSaysSo()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await federation.StopAsync(CentralInstance);
        await federation.StartReadingAsync(CentralInstance);

        Assert.Null(new OldDisk(federation, CentralInstance, Central).ReadsOnly);
        Assert.Contains(federation.Log.Lines, line => line.Line.Contains($"{Central} takes commands without having asked whether its journal is the newest", StringComparison.Ordinal));
    }

    /// <summary>The registering body has a checkpoint of entries that nobody has.</summary>
    [Fact]
    public async Task Entries_ThatNobodyHas_KeepTheBodyReadingOnly()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        await OldCopyTests.PlayAsync(federation);
        await federation.Officers.AuditedAsync();
        var size = (await region.EntriesAsync()).Count;
        Remember(federation, 1, size + 3);
        await federation.StopAsync(RegionInstance);

        await federation.StartReadingAsync(RegionInstance);

        var why = await region.UntilItSaysAsync("could not be had");
        Assert.Equal(
            $"{Region} only reads: its disk has {size} entries, and {Central} has a checkpoint of {size + 3} that it signed. The rest could not be had: the auditor audit has kept no more than {size}. "
                + "It is asked for again and again; if nobody has it any more, a new epoch of the journal is the way out.",
            why);
        Assert.Equal(why, await OldDisk.RefusedAsync(() => federation.Officers.AwardAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led")));
        // What it has is what it signed before, so that it may be signed again.
        Assert.NotEmpty((await new JournalService.JournalServiceClient(federation.ToBody(Region)).GetCheckpointAsync(new GetCheckpointRequest { Body = Region })).Checkpoint);
    }

    /// <summary>The registering body has a checkpoint of other entries than those on the disk.</summary>
    [Fact]
    public async Task Disk_OfAnotherHistory_IsReadAndNothingOfItIsSigned()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        await OldCopyTests.PlayAsync(federation);
        await federation.Officers.AuditedAsync();
        var entries = await region.EntriesAsync();
        Remember(federation, 1, entries.Count);
        await federation.StopAsync(RegionInstance);

        await federation.StartReadingAsync(RegionInstance);

        var why = await region.UntilItSaysAsync("another history");
        Assert.StartsWith($"{Region} only reads, and signs nothing: its disk holds another history than the one that it told others; {Central} has a checkpoint of {entries.Count} entries that {Region} signed, and the first {entries.Count} here are others.", why, StringComparison.Ordinal);
        Assert.Equal(why, await OldDisk.RefusedAsync(() => federation.Officers.AwardAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led")));
        Assert.Equal(why, await OldDisk.RefusedAsync(async () =>
            await new JournalService.JournalServiceClient(federation.ToBody(Region)).GetCheckpointAsync(new GetCheckpointRequest { Body = Region })));
        Assert.Equal(entries, await region.EntriesAsync());
        using var http = new HttpClient { BaseAddress = federation.HttpOf(RegionInstance) };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri($"/journals/{Region}/1/checkpoint", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"/journals/{Region}/1/tile/entries/000.p/{entries.Count}", UriKind.Relative))).StatusCode);
    }

    /// <summary>The registering body has seen an epoch of which the disk has nothing.</summary>
    [Fact]
    public async Task Disk_OfAnEarlierEpoch_IsReadAndTakesNoCommands()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        await OldCopyTests.PlayAsync(federation);
        Remember(federation, 2, 3);
        await federation.StopAsync(RegionInstance);

        await federation.StartReadingAsync(RegionInstance);

        var why = $"{Region} only reads: its disk holds epoch 1 of its journal, and {Central} has seen epoch 2. It goes on there once it has heard what that epoch keeps.";
        Assert.Equal(why, await region.UntilItSaysAsync("has seen epoch"));
        Assert.Equal(why, await OldDisk.RefusedAsync(() => federation.Officers.AwardAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led")));

        // It is not forgotten when who has seen it is away, and the auditor, who has not, answers.
        await federation.StopAsync(CentralInstance);
        await Wait.UntilAsync(
            () => federation.Log.Lines.Count(line => line.Line.Contains($"What {Central} has seen cannot be asked now", StringComparison.Ordinal)) > 2, "the registering body being asked again and again");
        Assert.Equal(why, region.ReadsOnly);
    }

    /// <summary>It may be signed with a key that was lost with the disk, which nobody can tell as long as the registering body is away.</summary>
    [Fact]
    public async Task LaterEpoch_ThatIsSignedWithAnUnknownKey_IsNoAnswer()
    {
        await using var relay = await RelayedAuditor.StartAsync();
        await using var federation = await TestFederation.StartAsync(options => options.Settings["FundingFlows:Instances:relay:Grpc"] = relay.Address);
        var region = new OldDisk(federation, RegionInstance, Region);
        await OldCopyTests.PlayAsync(federation);
        using var unknown = BodyKey.Generate();
        var asked = 0;
        relay.To(federation);
        relay.Lie = (_, seen, _) =>
        {
            seen?.Bodies[0].Journals.Add(new SeenJournal { Epoch = 2, Checkpoint = NoteOf(federation, 2, 3, unknown) });
            Interlocked.Increment(ref asked);
        };
        federation.Settings["FundingFlows:Audit"] = "relay";
        await federation.StopAsync(RegionInstance);
        await federation.StopAsync(CentralInstance);

        await federation.StartReadingAsync(RegionInstance);

        await Wait.UntilAsync(() => Volatile.Read(ref asked) > 3, "the auditor being asked again and again");
        Assert.Contains("asks the auditor relay", region.ReadsOnly, StringComparison.Ordinal);
        Assert.Contains(federation.Log.Lines, line => line.Event.Id == 4005 && line.Line.Contains("What the auditor relay says that it has seen", StringComparison.Ordinal));
        // It may be an honest answer: it is not held against anybody.
        Assert.DoesNotContain(
            federation.Instance(RegionInstance).Services.GetRequiredService<SecurityRecord>().All(), one => one.Kind == Contracts.Links.V1.SecurityEventKind.SeenRefused);
    }

    /// <summary>A witness beside central government has cosigned a checkpoint that the region signed.</summary>
    private static void Remember(TestFederation federation, uint epoch, long size)
    {
        using var voice = new PeerVoice(federation, Region);
        var note = NoteOf(federation, epoch, size, voice.Key);
        Assert.True(federation.Instance(CentralInstance).Services.GetRequiredService<WitnessStore>().TryAdvance("a witness of tests", Names.Origin(federation.Id, Region, epoch), 0, size, note));
    }

    private static string NoteOf(TestFederation federation, uint epoch, long size, BodyKey key)
    {
        var origin = Names.Origin(federation.Id, Region, epoch);
        return new Checkpoint(origin, size, MerkleHash.Leaf([1])).Sign(VerifierKey.Of(origin, key.PublicKey), key);
    }
}
