using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Before the first delivery after a start, the receiver is asked what it was delivered: it may know more than anybody else.</summary>
public sealed class PeerKnowsTests
{
    /// <summary>Durham was delivered an entry that neither the auditor nor central government has heard of.</summary>
    [Fact]
    public async Task Peer_ThatWasDeliveredMore_KeepsTheBodyReadingOnly()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        using (var voice = new PeerVoice(federation, Region))
            await voice.DeliverAsync(Durham, PeerVoice.Proposal(Durham, 1, 500));
        await federation.StopAsync(RegionInstance);
        await federation.StartAsync(RegionInstance);

        // Nothing is wrong as far as anybody else knows. Durham is asked first, and delivered nothing.
        await ProposeAsync(federation, Newcastle);
        // Its answer is an entry too: how many there are must not change behind the sentence.
        await Wait.UntilAsync(() => Forged.BooksAsync(federation, Region, books => books.Deliveries.Awaiting.Any()), waits => !waits, "the answer of Newcastle");
        await ProposeAsync(federation, Durham);

        var why = await region.UntilItSaysAsync("was delivered entry");
        var size = region.Sequencer.CommittedSize;
        Assert.StartsWith($"{Region} only reads: its disk has {size} entries, and {Durham} was delivered entry {Region}.1.500. Nobody who was asked has more of the journal.", why, StringComparison.Ordinal);
        Assert.Equal(why, await OldDisk.RefusedAsync(() => ProposeAsync(federation, Newcastle)));
        Assert.Equal(why, (await federation.Officers.BodyAsync(Region)).ReadsOnly);
    }

    [Fact]
    public async Task Peer_ThatWasDeliveredAnotherEntryThanTheOneHere_KeepsTheBodyReadingOnly()
    {
        await using var federation = await TestFederation.StartAsync();
        var region = new OldDisk(federation, RegionInstance, Region);
        using (var voice = new PeerVoice(federation, Region))
            await voice.DeliverAsync(Durham, PeerVoice.Proposal(Durham, 1, 0));
        await federation.StopAsync(RegionInstance);
        await federation.StartAsync(RegionInstance);

        await ProposeAsync(federation, Durham);

        await region.UntilItSaysAsync($"its disk holds another history than the one that it told others; {Durham} was delivered another entry 0 than the one here");
        await OldDisk.RefusedAsync(() => ProposeAsync(federation, Newcastle));
    }

    private static async Task ProposeAsync(TestFederation federation, string recipient) =>
        await new Contracts.Agreements.V1.AgreementService.AgreementServiceClient(federation.ToBody(Region)).ProposeAgreementAsync(
            new Contracts.Agreements.V1.ProposeAgreementRequest { Body = Region, CommandId = Officers.NewId(), Recipient = recipient }, federation.Officers.At(Region));
}
