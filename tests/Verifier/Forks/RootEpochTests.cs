using FundingFlows.Support;
using FundingFlows.Tiers;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Verifier.Tests;

/// <summary>The root of a real federation goes on in a new epoch, which the settings declare, and everybody goes by it.</summary>
public sealed class RootEpochTests
{
    private const string Led = "neighbourhood-led";
    private static readonly string[] Instances = [AuditInstance, CentralInstance, RegionInstance, CouncilA, CouncilB, Forums];

    [Fact]
    public async Task Root_InANewEpoch_IsGoneOnWithByAllAndHoldsForStrangers()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.AgreeAsync(Central, Hartlepool);
        await officers.OpenFundAsync();
        await officers.IssueAsync(100_000_00);
        var award = await officers.AwardAsync(Central, Hartlepool, Kind.Either, 20_000_00, Led);
        await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 5_000_00, Led));
        await officers.AuditedAsync();
        var kept = (await new JournalService.JournalServiceClient(federation.ToBody(Central)).GetCheckpointAsync(new GetCheckpointRequest { Body = Central })).Checkpoint;
        // Behind the checkpoint, and therefore void.
        await officers.IssueAsync(7_000_00);
        await officers.AuditedAsync();
        foreach (var instance in Instances)
            await federation.StopAsync(instance);

        var before = KeyOf(federation, 1);
        federation.Settings["FundingFlows:TrustRoot"] = KeyOf(federation, 2);
        federation.Settings["FundingFlows:RootKeeps"] = kept;
        foreach (var instance in Instances)
            await federation.StartReadingAsync(instance);

        await BegunAsync(federation);
        // What was on its way, and what begins now, goes on between the root and those that it registered.
        await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 3_000_00, Led));
        Assert.StartsWith($"{Central}.2.", await officers.FundAsync(Central, Hartlepool, Kind.Capital, 1_000_00, Led), StringComparison.Ordinal);
        await officers.AgreeAsync(Hartlepool, Byker);
        await officers.FundAsync(Hartlepool, Byker, Kind.Either, 500_00, Led);
        await ReconciledAsync(federation);
        await HoldsAsync(federation, kept, before);

        await federation.StopAsync(CentralInstance);
        await federation.StartAsync(CentralInstance);
        await BegunAsync(federation);
        await officers.FundAsync(Central, Hartlepool, Kind.Capital, 1_00, Led);
        await ReconciledAsync(federation);
        Assert.Equal([2u, 1u], await federation.Instance(CentralInstance).Services.GetRequiredService<IJournalStore>().EpochsAsync(Central, CancellationToken.None));
    }

    private static Sequencer Root(TestFederation federation) => federation.Instance(CentralInstance).Services.GetRequiredService<BodyHost>().Find(Central)!.Sequencer;

    private static async Task BegunAsync(TestFederation federation)
    {
        await Wait.UntilAsync(() => Root(federation) is { Key.Epoch: 2, ReadsOnlyBecause: null, ClosedBecause: null }, "the new epoch of the root");
        foreach (var bodies in Instances.Select(instance => federation.Instance(instance).Services.GetService<BodyHost>()).OfType<BodyHost>())
            await Wait.UntilAsync(() => bodies.All.All(body => body.Sequencer.ReadsOnlyBecause is null), "all bodies taking commands");
    }

    private static async Task ReconciledAsync(TestFederation federation)
    {
        var books = await federation.Officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal((true, 100_000_00L, 100_000_00L), (books.Reconciled, books.IssuedPence, books.HeldPence));
    }

    private static async Task HoldsAsync(TestFederation federation, string kept, string before)
    {
        var (root, council) = ($"{new Uri(federation.HttpOf(CentralInstance), $"journals/{Central}/2/")}", $"{new Uri(federation.HttpOf(CouncilB), $"journals/{Hartlepool}/1/")}");
        var run = await Run.VerifyAsync("journal", root, council, "--key", KeyOf(federation, 2));
        run.Holds();
        Assert.Contains($"{Hartlepool}/1: holds.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"signed with the key that {Central} vouches for ({Central}/2, entry ", run.Output, StringComparison.Ordinal);
        // The key under the name of the first epoch is that of another journal.
        (await Run.VerifyAsync("journal", root, council, "--key", before)).Finds("No chain of registrations leads from the key that was given");
        var begun = Entry.Parser.ParseFrom((await Root(federation).ReadEntriesAsync(Checkpoint.Read(kept)!.Size, 1, CancellationToken.None))[0]).Fact.EpochBegun;
        Assert.Equal((2u, $"{federation.Id}/{Central}/2"), (begun.Epoch, begun.Origin));
        Assert.Equal(Checkpoint.Read(kept)!.Root, begun.KeptRoot.ToByteArray());
    }

    private static string KeyOf(TestFederation federation, uint epoch)
    {
        using var key = KeyFile.Read(Path.Combine(federation.Folder, CentralInstance, "keys", Central + ".pem"));
        return $"{VerifierKey.Of($"{federation.Id}/{Central}/{epoch}", key.PublicKey)}";
    }
}
