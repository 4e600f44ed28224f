using FundingFlows.Topologies;

namespace FundingFlows.Tiers.Tests;

/// <summary>What carries events in a test.</summary>
public enum Runtime
{
    /// <summary>The double of these tests.</summary>
    OfTheTests,

    /// <summary><c>daprd</c> with Redis, where both are on the PATH.</summary>
    Daprd,
}

internal static class Runtimes
{
    public static TheoryData<Runtime> All => [Runtime.OfTheTests, Runtime.Daprd];

    /// <summary>Makes the sidecars of a topology. A test is skipped where the machine has none such.</summary>
    public static async Task<ISidecars> MakeAsync(this Runtime runtime, Topology topology)
    {
        if (runtime == Runtime.OfTheTests)
            return await DoubleSidecars.MakeAsync(topology);
        Assert.SkipWhen(DaprdSidecars.WhyNot is not null, DaprdSidecars.WhyNot ?? "");
        return await DaprdSidecars.MakeAsync(topology);
    }
}
