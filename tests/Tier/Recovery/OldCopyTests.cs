using FundingFlows.Contracts.Links.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body that comes back from an old copy of its disk has back what it lost, and goes on.</summary>
public sealed class OldCopyTests
{
    [Fact]
    public async Task OldCopy_OfABodyThatWentOn_HasItsEntriesBackAndGoesOn()
    {
        await using var federation = await TestFederation.StartAsync();
        var (officers, region) = (federation.Officers, new OldDisk(federation, RegionInstance, Region));
        await PlayAsync(federation);
        await region.CopyAsync();
        var before = await region.EntriesAsync();
        await officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await officers.FundAsync(Central, Region, Kind.Capital, 5_000_00);
        await officers.AuditedAsync();
        var lost = await region.EntriesAsync();

        await region.PutBackAsync();
        await region.UntilItGoesOnAsync();

        Assert.True(before.Count < lost.Count);
        Assert.Equal(lost, await region.EntriesAsync());
        await officers.FundAsync(Region, Durham, Kind.Capital, 4_000_00);
        await officers.FundAsync(Central, Region, Kind.Capital, 1_000_00);
        var books = await officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal((true, 100_000_00L, 100_000_00L), (books.Reconciled, books.IssuedPence, books.HeldPence));
        Assert.Contains(federation.Log.Lines, line => line.Line.Contains($"{Region} had lost entries, and has {lost.Count - before.Count} of them back from the auditor audit.", StringComparison.Ordinal));
        Assert.Equal("", (await officers.BodyAsync(Region)).ReadsOnly);
    }

    /// <summary>The journals are gone and the keys are there: all of it comes back, the genesis first.</summary>
    [Fact]
    public async Task LostJournals_OfABodyWhoseKeyIsThere_ComeBackWhole()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        await PlayAsync(federation);
        await federation.Officers.AuditedAsync();
        var lost = await region.EntriesAsync();
        await federation.StopAsync(RegionInstance);
        foreach (var file in Directory.GetFiles(region.Folder, "journals.db*"))
            File.Delete(file);

        await federation.StartAsync(RegionInstance);

        Assert.Equal(lost, await region.EntriesAsync());
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task OldCopy_InPostgres_HasItsEntriesBackAndGoesOn()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var federation = await TestFederation.StartAsync(options => options.Settings["FundingFlows:Store"] = database.ConnectionString);
        var (officers, region) = (federation.Officers, new OldDisk(federation, RegionInstance, Region));
        await PlayAsync(federation);
        await database.AskAsync($"CREATE TABLE old AS SELECT * FROM journals.journals WHERE body = '{Region}'");
        await officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await officers.AuditedAsync();
        var lost = await region.EntriesAsync();

        await federation.StopAsync(RegionInstance);
        await database.AskAsync("DELETE FROM journals.entries e USING old WHERE e.journal = old.id AND e.place >= old.size");
        await database.AskAsync("UPDATE journals.journals j SET (lease, size, root, sum) = (old.lease, old.size, old.root, old.sum) FROM old WHERE j.id = old.id");
        await federation.StartAsync(RegionInstance);

        Assert.Equal(lost, await region.EntriesAsync());
        Assert.True((await database.AskAsync("SELECT size FROM old")) is long size && size < lost.Count);
        await officers.FundAsync(Region, Durham, Kind.Capital, 4_000_00);
        Assert.True((await officers.AuditedAsync()).Reconciled);
    }

    /// <summary>What comes back stops half-way, with the instance; the rest comes after the next start.</summary>
    [Fact]
    public async Task Return_InterruptedInTheMiddle_GoesOnAfterTheNextStart()
    {
        await using var relay = await RelayedAuditor.StartAsync();
        await using var federation = await TestFederation.StartAsync(options => options.Settings["FundingFlows:Instances:relay:Grpc"] = relay.Address);
        var region = new OldDisk(federation, RegionInstance, Region);
        await PlayAsync(federation);
        await region.CopyAsync();
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await federation.Officers.AuditedAsync();
        var lost = await region.EntriesAsync();
        relay.To(federation);
        (relay.Most, relay.PagesLeft) = (2, 2);
        federation.Settings["FundingFlows:Audit"] = "relay";

        await region.PutBackAsync();
        var old = region.Sequencer.CommittedSize;
        await region.UntilItSaysAsync("the auditor relay does not answer");
        Assert.InRange(region.Sequencer.CommittedSize, old, lost.Count - 1);
        await federation.StopAsync(RegionInstance);
        (relay.Most, relay.PagesLeft) = (1_000, int.MaxValue);
        await federation.StartAsync(RegionInstance);

        Assert.Equal(lost, await region.EntriesAsync());
    }

    /// <summary>Whoever lies about what was lost changes nothing, and the next one is asked.</summary>
    [Fact]
    public async Task Lies_OfAnAuditor_ChangeNothingAndAnotherIsAsked()
    {
        await using var relay = await RelayedAuditor.StartAsync();
        await using var federation = await TestFederation.StartAsync(options =>
        {
            options.Settings["FundingFlows:Instances:relay:Grpc"] = relay.Address;
            options.Settings["FundingFlows:FurtherAuditors:0"] = AuditInstance;
        });
        var region = new OldDisk(federation, RegionInstance, Region);
        await PlayAsync(federation);
        await region.CopyAsync();
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        await federation.Officers.AuditedAsync();
        var lost = await region.EntriesAsync();
        relay.To(federation);
        federation.Settings["FundingFlows:Audit"] = "relay";

        foreach (var (lie, tell) in RelayedAuditor.Lies)
        {
            relay.Lie = tell;
            var refusals = federation.Log.Lines.Count(line => line.Event.Id is 4005 or 4006);
            await region.PutBackAsync();
            await region.UntilItGoesOnAsync();

            Assert.Equal(lost, await region.EntriesAsync());
            Assert.True(federation.Log.Lines.Count(line => line.Event.Id is 4005 or 4006) > refusals, $"Nobody was told of {lie}.");
            // The disk that was put back remembers none of them, so that this is of this lie. The auditor shows what the instance remembers.
            var isSeen = lie == "a larger size that the body never signed";
            var (kind, reason) = isSeen ? (SecurityEventKind.SeenRefused, "SEEN_NOT_SIGNED") : (SecurityEventKind.KeptEntriesRefused, "KEPT_NOT_PROVED");
            await Wait.UntilAsync(async () => await RefusedAsync(federation), seen => seen.Any(one => (one.Kind, one.Reason, one.Receiver) == (kind, reason, Region)), $"{lie} being remembered");
        }
        relay.Lie = (_, _, _) => { };
        await federation.Officers.FundAsync(Region, Durham, Kind.Capital, 1_00);
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    private static async Task<IReadOnlyList<SecurityEvent>> RefusedAsync(TestFederation federation) =>
        [.. (await federation.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 })).Events.Where(one => one.Instance == RegionInstance)];

    internal static async Task PlayAsync(TestFederation federation)
    {
        await Task.WhenAll(federation.Officers.AgreeAsync(Central, Region), federation.Officers.AgreeAsync(Region, Durham));
        await federation.Officers.OpenFundAsync();
        await federation.Officers.IssueAsync(100_000_00);
        await federation.Officers.FundAsync(Central, Region, Kind.Either, 20_000_00, "neighbourhood-led");
        await federation.Officers.FundAsync(Central, Region, Kind.Capital, 10_000_00);
    }
}
