using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A town with sidecars in which money has come down to a forum that paid a person. Nothing is on its way any more.</summary>
public sealed class EventfulTown : IAsyncLifetime
{
    internal EventTown Town { get; private set; } = null!;

    internal Officers Officers => Town.Officers;

    internal DaprDouble Dapr => Town.Dapr;

    public async ValueTask InitializeAsync()
    {
        Town = await EventTown.StartAsync();
        await Task.WhenAll(Officers.AgreeAsync(Central, Durham), Officers.AgreeAsync(Durham, Easington));
        await Officers.OpenFundAsync();
        await Officers.IssueAsync(100_000_00);
        await Officers.FundAsync(Central, Durham, Kind.Either, 12_000_00, "neighbourhood-led");
        await Officers.FundAsync(Durham, Easington, Kind.Capital, 5_000_00, "neighbourhood-led");
        var person = new PayeeDetails { Person = new PersonPayee { Handle = Tests.Town.PersonHandle, Name = Tests.Town.PayeeName } };
        await Officers.PayAsync(Easington, Kind.Capital, 1_234_56, person, Tests.Town.Narrative);
        await Officers.AuditedAsync();
        foreach (var body in Bodies)
            await Town.ToldAsync(body);
    }

    internal IEnumerable<string> Bodies => Town.Federation.Topology.Bodies.Select(body => body.Id);

    public ValueTask DisposeAsync() => Town?.DisposeAsync() ?? ValueTask.CompletedTask;
}
