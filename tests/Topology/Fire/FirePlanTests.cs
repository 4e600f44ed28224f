using FundingFlows.Fire;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the driver will do follows from the seed, hits everybody, and never cuts an instance off from itself.</summary>
public sealed class FirePlanTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly IReadOnlyList<Instance> Instances = TestTopology.Make().Instances;

    [Fact]
    public void Plan_OfOneSeed_IsTheSame() => Assert.Equal(FirePlan.Make(7, Minute, Instances), FirePlan.Make(7, Minute, Instances));

    [Fact]
    public void Plan_OfAnotherSeed_IsAnother() => Assert.NotEqual(FirePlan.Make(7, Minute, Instances), FirePlan.Make(8, Minute, Instances));

    [Fact]
    public void Plan_ThatIsLongEnough_HasBlowsOfEveryKind()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var plan = FirePlan.Make(seed, Enough.Length, Instances);
            Assert.InRange(plan.Count(blow => blow.Harm == Harm.Kill), 4, plan.Count);
            Assert.InRange(plan.Count(blow => blow.Harm == Harm.Pause), 2, plan.Count);
            Assert.InRange(plan.Count(blow => blow.IsOnWay), 4, plan.Count);
        }
    }

    [Fact]
    public void Plan_OfThreeMinutes_KillsEveryInstanceAndCutsWaysInEveryManner()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var plan = FirePlan.Make(seed, Minute * 3, Instances);
            var kills = plan.Where(blow => blow.Harm == Harm.Kill).GroupBy(blow => blow.Instance).ToList();
            Assert.Equal(Instances.Count, kills.Count);
            Assert.InRange(kills.Max(group => group.Count()) - kills.Min(group => group.Count()), 0, 1);
            Assert.Equal(Enum.GetValues<Harm>(), plan.Select(blow => blow.Harm).Distinct().Order());
            Assert.DoesNotContain(plan, blow => blow.Instance == blow.To || blow.To == TestTopology.GatewayInstance);
            Assert.Equal(plan.OrderBy(blow => blow.At), plan);
            Assert.InRange(plan[^1].At, TimeSpan.Zero, Minute * 3);
        }
    }
}
