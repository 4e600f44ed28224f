using FundingFlows.Contracts.Links.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whichever sidecar comes late, dies and comes back: services go on, all is told in the end, and counts once. Nobody here looks by himself.</summary>
public sealed class SidecarLifeTests
{
    public static TheoryData<Runtime> All => Runtimes.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sidecar_OfAPublisherThatDies_IsToldAllThatCameMeanwhileWhenItIsBack(Runtime runtime)
    {
        await using var town = await EventTown.StartAsync(await runtime.MakeAsync(Town.Topology));
        await town.AuditedAsync(Central);
        await town.Sidecars.KillAsync(CentralInstance);
        var told = (await town.NewsAsync(Central))[^1].Last;

        await town.Officers.OpenFundAsync();
        await town.Officers.IssueAsync(1_00);
        await Wait.UntilAsync(() => NotPublished(town) > 1, "attempts to publish");
        // How far it was is remembered by more than the process.
        await town.Federation.StopAsync(CentralInstance);
        await town.Federation.StartAsync(CentralInstance);
        town.Sidecars.Beside(CentralInstance, town.Federation.HttpOf(CentralInstance));
        await town.Officers.IssueAsync(2_00);
        Assert.Equal(told, (await town.NewsAsync(Central))[^1].Last);
        await town.Sidecars.StartAsync(CentralInstance);

        await town.AuditedAsync(Central);
        var news = await town.NewsAsync(Central);
        Assert.Equal(told + 1, news.First(one => one.Last > told).First);
        HasNoGaps(news, town.Hosted(Central).Sequencer.CommittedSize);
        var books = await town.Officers.AuditedAsync();
        Assert.Equal((3_00L, true), (books.IssuedPence, books.Reconciled));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sidecars_ThatComeAfterTheServices_AreToldEverything(Runtime runtime)
    {
        await using var town = await EventTown.StartAsync(await runtime.MakeAsync(Town.Topology), withSidecars: false);
        await town.Officers.OpenFundAsync();
        await town.Officers.IssueAsync(1_00);
        await Wait.UntilAsync(() => NotPublished(town) > 1, "attempts to publish");
        Assert.Empty(await town.Sidecars.GivenAsync(JournalMoved.Topic));

        await town.StartSidecarsAsync();

        foreach (var body in town.Federation.Topology.Bodies)
        {
            await town.AuditedAsync(body.Id);
            await town.ToldAsync(body.Id);
            HasNoGaps(await town.NewsAsync(body.Id), town.Hosted(body.Id).Sequencer.CommittedSize);
        }
        var books = await town.Officers.AuditedAsync();
        Assert.Equal((1_00L, true), (books.IssuedPence, books.Reconciled));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sidecar_OfASubscriberThatDies_BringsWhatItMissedWhenItIsBack(Runtime runtime)
    {
        await using var town = await EventTown.StartAsync(await runtime.MakeAsync(Town.Topology));
        await town.AuditedAsync(Central);
        await town.Sidecars.KillAsync(AuditInstance);
        var seen = (await town.CoverageAsync(Central)).Applied;

        await town.Officers.OpenFundAsync();
        await town.Officers.IssueAsync(1_00);
        await town.ToldAsync(Central);
        Assert.Equal(seen, (await town.CoverageAsync(Central)).Applied);
        await town.Sidecars.StartAsync(AuditInstance);

        await town.AuditedAsync(Central);
        var books = await town.Officers.AuditedAsync();
        Assert.Equal((1_00L, true), (books.IssuedPence, books.Reconciled));
    }

    /// <summary>What is no event at all is put with the dead letters once for each who listens, and the next news is taken all the same.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Poison_IsCountedByTheAuditorAndHoldsNothingUp(Runtime runtime)
    {
        await using var town = await EventTown.StartAsync(await runtime.MakeAsync(Town.Topology));
        await town.AuditedAsync(Central);

        await town.Sidecars.PutAsync(JournalMoved.Topic, "poison"u8.ToArray());

        await Wait.UntilAsync(() => DeadLettersAsync(town), count => count == 3, "dead letters of the three who listen");
        await town.Officers.OpenFundAsync();
        await town.AuditedAsync(Central);
    }

    private static async Task<ulong> DeadLettersAsync(EventTown town) => (await town.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest())).Events
        .Where(one => one.Kind == SecurityEventKind.DeadLetter).Aggregate(0ul, (sum, one) => sum + one.Count);

    private static int NotPublished(EventTown town) => town.Federation.Log.Lines.Count(line => line.Line.Contains("could not be published; it is tried again:", StringComparison.Ordinal));

    /// <summary>News may come again, and tells of every entry up to the last.</summary>
    private static void HasNoGaps(IReadOnlyList<(long First, long Last)> news, long size)
    {
        var next = 0L;
        foreach (var (first, last) in news)
        {
            Assert.InRange(first, 0, next);
            next = Math.Max(next, last + 1);
        }
        Assert.Equal(size, next);
    }
}
