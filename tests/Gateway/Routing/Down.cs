using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>A small federation of which one council's instance and the auditor have gone.</summary>
public sealed class Down : IAsyncLifetime
{
    private TestFederation? federation;

    public Front Front { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        federation = await Mini.StartAsync();
        Front = Front.Of(federation);
        await federation.StopAsync(CouncilB);
        await federation.StopAsync(AuditInstance);
    }

    public async ValueTask DisposeAsync()
    {
        Front?.Dispose();
        if (federation is not null)
            await federation.DisposeAsync();
    }
}
