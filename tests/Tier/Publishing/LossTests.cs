using System.Text.Json.Nodes;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever becomes of events on their way, and whoever makes some up: the journals alone say what happened.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task Events_AllLost_AreMadeUpForByLookingAnyway()
    {
        var dapr = await DaprDouble.StartAsync();
        dapr.Deliveries = _ => 0;
        await using var town = await EventTown.StartAsync(dapr, options => options.Settings["FundingFlows:Events:LookAnyway"] = "00:00:00.100");
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());

        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
        await town.SeenByFunderAsync(Central, Durham);
        Assert.Empty(dapr.Answers);
    }

    [Fact]
    public async Task Events_EachSeveralTimes_AreAsEachOnce()
    {
        var dapr = await DaprDouble.StartAsync();
        dapr.Deliveries = _ => 3;
        await using var town = await EventTown.StartAsync(dapr);
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        await town.Officers.IssueAsync(1_000_00);

        var books = await town.Officers.AuditedAsync();

        Assert.Equal((1_000_00L, true), (books.IssuedPence, books.Reconciled));
        Assert.All(dapr.Answers, answer => Assert.Equal(EventVerdict.Success, answer.Verdict));
    }

    [Fact]
    public async Task Events_InAnyOrderAndLate_LeadToTheSame()
    {
        await using var town = await EventTown.StartAsync();
        await town.AuditedAsync(Durham);
        town.Dapr.Deliveries = _ => 0;
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        await town.Officers.IssueAsync(1_000_00);
        await town.ToldAsync(Central);
        await town.ToldAsync(Durham);

        foreach (var late in town.Dapr.Published.Reverse().Concat(town.Dapr.Published).ToList())
            await town.Dapr.DeliverAsync(EventTown.PubSub, JournalMoved.Topic, late);

        var books = await town.Officers.AuditedAsync();
        Assert.Equal((1_000_00L, true), (books.IssuedPence, books.Reconciled));
    }

    [Fact]
    public async Task Events_MadeUp_ChangeNothing()
    {
        await using var town = await EventTown.StartAsync();
        foreach (var body in town.Federation.Topology.Bodies)
            await town.AuditedAsync(body.Id);
        var before = await CoverageAsync(town);
        using var another = new MadeJournal(Durham, Tier.Council);
        var note = new Journal.Checkpoint(town.Hosted(Durham).Genesis.Origin, 1_000, new byte[32]).Sign(Journal.VerifierKey.Of(town.Hosted(Durham).Genesis.Origin, another.Key.PublicKey), another.Key);
        foreach (var data in new[]
        {
            Data(Durham, 1, 0, 999, note),
            Data(Durham, 7, 1_000_000, long.MaxValue, ""),
            Data(Durham, 1, -5, -9, "no checkpoint"),
            Data("nobody", 1, 0, 9, note),
            Data("", 0, 0, 0, ""),
            new JsonObject { ["body"] = Durham },
        })
            await town.Dapr.DeliverAsync(EventTown.PubSub, JournalMoved.Topic, new JsonObject { ["source"] = "somebody", ["type"] = JournalMoved.Type, ["data"] = data });

        Assert.All(town.Dapr.Answers.TakeLast(6), answer => Assert.Equal(EventVerdict.Success, answer.Verdict));
        Assert.Equal(before, await CoverageAsync(town));
        await town.Officers.AgreeAsync(Durham, Easington);
        await town.AuditedAsync(Durham);
        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
    }

    private static async Task<string> CoverageAsync(EventTown town) => (await town.Officers.Audit.GetCoverageAsync(new Contracts.Audit.V1.GetCoverageRequest())).ToString();

    private static JsonObject Data(string body, long epoch, long first, long last, string checkpoint) =>
        new() { ["body"] = body, ["epoch"] = epoch, ["firstIndex"] = first, ["lastIndex"] = last, ["checkpoint"] = checkpoint };
}
