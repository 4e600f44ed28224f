using FundingFlows.Journal;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>The entries that a new epoch keeps are fetched from an auditor, and nobody is believed who gives others.</summary>
public sealed class KeptElsewhereTests
{
    [Fact]
    public async Task Auditor_ThatGivesOtherEntries_ChangesNothingUntilOneGivesThoseThatWereDeclared()
    {
        await using var relay = await RelayedAuditor.StartAsync();
        await using var federation = await TestFederation.StartAsync(options => options.Settings["FundingFlows:Instances:relay:Grpc"] = relay.Address);
        var region = new OldDisk(federation, RegionInstance, Region);
        await OldCopyTests.PlayAsync(federation);
        await federation.Officers.AuditedAsync();
        var (entries, kept) = (await region.EntriesAsync(), await NewEpochTests.CheckpointAsync(federation, Region));
        relay.To(federation);
        relay.Most = 3;
        relay.Lie = (_, _, page) =>
        {
            if (page is { Page.FirstIndex: 3 })
                page.Page.Entries[0] = ByteString.CopyFrom([.. page.Page.Entries[0].SkipLast(1), (byte)(page.Page.Entries[0][^1] ^ 1)]);
        };
        federation.Settings["FundingFlows:Audit"] = "relay";
        await federation.StopAsync(RegionInstance);
        await AlteredJournalTests.AlterAsync(federation, RegionInstance, Region, 1, 2);
        await federation.StartReadingAsync(RegionInstance);
        await NewEpochTests.DeclareAsync(federation, Central, Region, 2, kept.Note);

        await SaysAsync(federation, "the disk has not all of them in epoch 1, the auditor relay gave others.");
        Assert.Contains(federation.Log.Lines, line => line.Event.Id == 4006 && line.Line.Contains($"What the auditor relay gave of the journal of {Region} is refused: they are not the entries that epoch 2 keeps.", StringComparison.Ordinal));
        var services = federation.Instance(RegionInstance).Services;
        Assert.Equal([1u], await services.GetRequiredService<IJournalStore>().EpochsAsync(Region, CancellationToken.None));
        relay.PagesLeft = 1;
        await SaysAsync(federation, "the auditor relay does not answer.");
        (relay.Lie, relay.PagesLeft) = ((_, _, _) => { }, int.MaxValue);
        await Wait.UntilAsync(() => services.GetRequiredService<BodyHost>().Find(Region)?.Epoch == 2, "the new epoch");

        Assert.Equal(entries, (await region.EntriesAsync()).Take(entries.Count));
        await region.UntilItGoesOnAsync();
        await federation.Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        Assert.True((await federation.Officers.AuditedAsync()).Reconciled);
    }

    private static Task SaysAsync(TestFederation federation, string why) => Wait.UntilAsync(
        () => federation.Log.Lines.Any(line => line.Line.Contains("cannot begin the new epoch", StringComparison.Ordinal) && line.Line.Contains(why, StringComparison.Ordinal)), $"it being said that {why}");
}
