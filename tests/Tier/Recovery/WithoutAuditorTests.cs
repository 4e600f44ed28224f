using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A body that no auditor answers goes on by the word of the body that registers it, but not at once: it asks on for a while, and asks everybody that it
/// deals with. It says so, and goes on asking for the auditor.
/// </summary>
public sealed class WithoutAuditorTests
{
    private const string Long = "1.00:00:00";

    [Fact]
    public async Task Body_ThatOnlyItsRegistrarAnswers_AsksOnForTheAuditor()
    {
        await using var federation = await StartAsync(forAuditor: Long, forSilent: Long);
        var region = new OldDisk(federation, RegionInstance, Region);
        await federation.StopAsync(AuditInstance);
        await federation.StopAsync(RegionInstance);

        await federation.StartReadingAsync(RegionInstance);

        await Wait.UntilAsync(() => Said(federation, "What the auditor audit has seen cannot be asked now") > 4, "the auditor being asked again and again");
        Assert.Contains("asks the auditor audit and mhclg", region.ReadsOnly, StringComparison.Ordinal);

        await federation.StartAsync(AuditInstance);

        await region.UntilItGoesOnAsync();
        Assert.Equal(0, Said(federation, "by the word of"));
    }

    [Fact]
    public async Task Body_ThatAllOthersHaveTold_GoesOnWithoutAnAuditor_AndSaysSoUntilOneAnswers()
    {
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: Long);
        var region = new OldDisk(federation, RegionInstance, Region);
        await federation.StopAsync(AuditInstance);
        await federation.StopAsync(RegionInstance);

        await federation.StartAsync(RegionInstance);

        var size = region.Sequencer.CommittedSize;
        var said = $"{Region} goes on with {size} entries by the word of {Central} alone: for 0 s the auditor audit did not answer, and goes on being asked.";
        await OnceSaidAsync(federation, said);
        using var http = new HttpClient { BaseAddress = federation.HttpOf(RegionInstance) };
        var health = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Contains("1 bodies serve, and 1 of them without an auditor's word that their disks are the newest.", health, StringComparison.Ordinal);
        Assert.Contains(said, health, StringComparison.Ordinal);
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led");

        await federation.StartAsync(AuditInstance);

        await Wait.UntilAsync(() => Said(federation, $"has seen no more of {Region} than it has.") > 0, "the auditor's word");
        Assert.DoesNotContain("without an auditor's word", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), StringComparison.Ordinal);
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task Body_ThatDealsWithOneWhoIsSilent_WaitsLonger()
    {
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: Long);
        var region = new OldDisk(federation, RegionInstance, Region);
        foreach (var instance in new[] { AuditInstance, CouncilA, RegionInstance })
            await federation.StopAsync(instance);

        await federation.StartReadingAsync(RegionInstance);

        await Wait.UntilAsync(() => Said(federation, $"What {Durham} has seen cannot be asked now") + Said(federation, "What the auditor audit has seen cannot be asked now") > 4, "both being asked again and again");
        Assert.NotNull(region.ReadsOnly);

        await federation.StartReadingAsync(CouncilA);

        await region.UntilItGoesOnAsync();
    }

    /// <summary>Nobody but Durham knows of the newest entries, because it was sent them, or because they answer what it sent.</summary>
    [Theory]
    [InlineData(true, "was delivered entry")]
    [InlineData(false, "was answered with entry")]
    public async Task OldCopy_OfWhichOnlyAPeerKnows_OnlyReadsUntilTheAuditorGivesItBack(bool isSent, string says)
    {
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: "00:00:00");
        var (officers, region) = (federation.Officers, new OldDisk(federation, RegionInstance, Region));
        var award = await officers.FundAsync(Region, Durham, Kind.Either, 2_00, "neighbourhood-led");
        await officers.AuditedAsync();
        await region.CopyAsync();
        await Wait.UntilAsync(
            async () => await federation.Instance(RegionInstance).Services.GetRequiredService<WhoIsWho>().FindAsync(Durham, CancellationToken.None), known => known is not null, "Durham being known");
        // The registering body follows its journal, too: it is away from now on.
        await federation.StopAsync(CentralInstance);
        if (isSent)
            await officers.FundAsync(Region, Durham, Kind.Either, 1_00, "neighbourhood-led");
        else
            await officers.SettledAsync((await new TransferService.TransferServiceClient(federation.ToBody(Durham)).RepayUnderspendAsync(
                new RepayUnderspendRequest { Body = Durham, CommandId = Officers.NewId(), Award = award, AmountPence = 1_00 }, officers.At(Durham))).Transfer);
        var lost = await region.EntriesAsync();
        await StopWhenItHasAllAsync(federation, lost.Count);

        await region.PutBackAsync();
        await federation.StartReadingAsync(CentralInstance);

        Assert.Contains($"{Durham} {says}", await region.UntilItSaysAsync(says), StringComparison.Ordinal);

        await federation.StartAsync(AuditInstance);
        await region.UntilItGoesOnAsync();

        Assert.Equal(lost, (await region.EntriesAsync()).Take(lost.Count));
        Assert.True((await officers.AuditedAsync()).Reconciled);
    }

    /// <summary>Nobody but the auditor knows of the newest entry, and it answers too late. Nothing else was recorded in its place yet.</summary>
    [Fact]
    public async Task OldCopy_ThatWentOnWithoutTheAuditor_HasItsEntriesBackWhenThatAnswers()
    {
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: "00:00:00");
        var (officers, region) = (federation.Officers, new OldDisk(federation, RegionInstance, Region));
        await officers.AuditedAsync();
        await region.CopyAsync();
        await federation.StopAsync(CentralInstance);
        await officers.ProjectAsync(Region);
        var lost = await region.EntriesAsync();
        await StopWhenItHasAllAsync(federation, lost.Count);
        await region.PutBackAsync();
        await federation.StartReadingAsync(CentralInstance);
        await region.UntilItGoesOnAsync();
        Assert.True(region.Sequencer.CommittedSize < lost.Count);

        await federation.StartAsync(AuditInstance);

        await Wait.UntilAsync(() => region.Sequencer.CommittedSize == lost.Count, "the entry coming back");
        await region.UntilItGoesOnAsync();
        Assert.Equal(lost, await region.EntriesAsync());
        Assert.Empty((await officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
    }

    /// <summary>What a body signed ahead of the entries that the auditor has may be of another history than those: who asks must learn of both.</summary>
    [Fact]
    public async Task Auditor_ThatHasSeenMoreSignedThanItHas_TellsBoth()
    {
        await using var federation = await StartAsync(forAuditor: Long, forSilent: Long);
        await federation.Officers.AuditedAsync();
        var ahead = AnotherOf(federation, 1_000);
        Assert.True(federation.Instance(AuditInstance).Services.GetRequiredService<WitnessStore>().TryAdvance("a witness", Names.Origin(federation.Id, Region, 1), 0, 1_000, ahead));

        var seen = (await federation.Officers.Audit.TellSeenAsync(new Contracts.Audit.V1.TellSeenRequest { Bodies = { Region } })).Bodies[0].Journals;

        Assert.Equal([1u, 1u], seen.Select(journal => journal.Epoch));
        Assert.InRange(Checkpoint.Read(seen[0].Checkpoint)!.Size, 1, 999);
        Assert.Equal(ahead, seen[1].Checkpoint);
    }

    /// <summary>The newest that an auditor has is what the body recorded since: that alone would say that all is well. The other may be as large.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OfWhichAnAuditorHasAnotherHistoryBesideItsOwn_OnlyReads_AndSignsNothing(bool isAsLarge)
    {
        await using var relay = await RelayedAuditor.StartAsync();
        await using var federation = await StartAsync(forAuditor: Long, forSilent: Long, options => options.Settings["FundingFlows:Instances:relay:Grpc"] = relay.Address);
        await federation.Officers.AuditedAsync();
        // It may ask more than once, and the auditor have more by then.
        var (region, sizes) = (new OldDisk(federation, RegionInstance, Region), new System.Collections.Concurrent.ConcurrentBag<long>());
        relay.To(federation);
        relay.Lie = (_, seen, _) =>
        {
            foreach (var body in seen?.Bodies.Where(body => body.Body == Region) ?? [])
            {
                var size = isAsLarge ? Checkpoint.Read(body.Journals[^1].Checkpoint)!.Size : 3;
                sizes.Add(size);
                body.Journals.Insert(0, new Contracts.Peer.V1.SeenJournal { Epoch = 1, Checkpoint = AnotherOf(federation, size) });
            }
        };
        federation.Settings["FundingFlows:Audit"] = "relay";
        await federation.StopAsync(RegionInstance);

        await federation.StartReadingAsync(RegionInstance);

        var why = await region.UntilItSaysAsync("another history");
        Assert.Contains(sizes, size => why.Contains($"and the first {size} here are others", StringComparison.Ordinal));
        Assert.False(region.Sequencer.MaySign);
    }

    /// <summary>One that says nothing before it was asked the second question would be silent to who asks one after the other.</summary>
    [Fact]
    public async Task Peer_IsAskedWhatItHasSeenAndWhatItWasDeliveredAtOnce()
    {
        var together = new AskedTogether();
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: Long, options => options.Configure = (instance, services) =>
        {
            if (instance == CouncilA)
                together.Join(services);
        });
        foreach (var instance in new[] { AuditInstance, RegionInstance })
            await federation.StopAsync(instance);
        together.IsOn = true;

        await federation.StartAsync(RegionInstance);

        await OnceSaidAsync(federation, $"by the word of {Central} alone");
    }

    /// <summary>Of two bodies that went on without the auditor one turns out to lack something.</summary>
    [Fact]
    public async Task Health_OfOneThatOnlyReadsAndOneWithoutAnAuditorsWord_NamesBothAndEachOnce()
    {
        await using var federation = await StartAsync(forAuditor: "00:00:00", forSilent: Long);
        await federation.StopAsync(AuditInstance);
        await federation.StopAsync(CouncilA);
        await federation.StartAsync(CouncilA);
        var services = federation.Instance(CouncilA).Services;
        var (round, newcastle) = (services.GetRequiredService<AskingRound>(), services.GetRequiredService<BodyHost>().Find(Newcastle)!);
        await Wait.UntilAsync(() => round.Unconfirmed.Count == 2, "both going on without an auditor");
        Assert.Equal([Durham, Newcastle], round.Unconfirmed.Keys.Order(StringComparer.Ordinal));

        Assert.False(round.Heard(newcastle, Region, [new HeldEntry(IsAnswer: false, newcastle.Sequencer.CommittedSize + 3, new byte[32])]));

        Assert.Equal([Durham], round.Unconfirmed.Keys);
        using var http = new HttpClient { BaseAddress = federation.HttpOf(CouncilA) };
        var health = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Contains("2 bodies serve, and 1 of them only read, and 1 of them without an auditor's word that their disks are the newest.", health, StringComparison.Ordinal);
        Assert.Contains($"{Newcastle} only reads: its disk has", health, StringComparison.Ordinal);
        Assert.Contains($"{Durham} goes on with", health, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Newcastle} goes on with", health, StringComparison.Ordinal);
    }

    private static async Task<TestFederation> StartAsync(string forAuditor, string forSilent, Action<TestFederationOptions>? configure = null)
    {
        var federation = await TestFederation.StartAsync(options =>
        {
            configure?.Invoke(options);
            options.Settings["FundingFlows:Asking:ForAuditor"] = forAuditor;
            options.Settings["FundingFlows:Asking:ForSilent"] = forSilent;
        });
        await OldCopyTests.PlayAsync(federation);
        return federation;
    }

    /// <summary>A checkpoint that the region signed, of other entries than it has.</summary>
    private static string AnotherOf(TestFederation federation, long size)
    {
        using var voice = new PeerVoice(federation, Region);
        var origin = Names.Origin(federation.Id, Region, 1);
        return new Checkpoint(origin, size, MerkleHash.Leaf([1])).Sign(VerifierKey.Of(origin, voice.Key.PublicKey), voice.Key);
    }

    /// <summary>The auditor has so many entries of the region, and is stopped.</summary>
    private static async Task StopWhenItHasAllAsync(TestFederation federation, long entries)
    {
        await Wait.UntilAsync(
            () => federation.Instance(AuditInstance).Services.GetRequiredService<FollowedJournals>().Find(Region, replica => replica.Books.Size) == entries, "the auditor following it");
        await federation.StopAsync(AuditInstance);
    }

    /// <summary>A body takes commands a moment before it is said by whose word.</summary>
    private static async Task OnceSaidAsync(TestFederation federation, string what)
    {
        await Wait.UntilAsync(() => Said(federation, what) > 0, what);
        Assert.Equal(1, Said(federation, what));
    }

    private static int Said(TestFederation federation, string what) => federation.Log.Lines.Count(line => line.Line.Contains(what, StringComparison.Ordinal));
}
