using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A federation in which nothing moves by itself. Every body is registered but one forum.</summary>
public sealed class PeersSetting : IAsyncLifetime
{
    /// <summary>The body that nobody has registered.</summary>
    public const string Unregistered = Byker;

    public TestFederation Federation { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Federation = await TestFederation.StartAsync(options => (options.WithAudit, options.Register) = (false, false));
        foreach (var body in Federation.Topology.Bodies.Where(body => body.RegisteredBy != body.Id && body.Id != Unregistered))
            await Federation.Officers.RegisterAsync(body.Id);
    }

    public ValueTask DisposeAsync() => Federation.DisposeAsync();
}
