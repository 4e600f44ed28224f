using FundingFlows.Fire;

namespace FundingFlows.Topologies.Tests;

/// <summary>A run under fire that was long, and in which something did not happen that should have, says so.</summary>
public sealed class EnoughTests
{
    [Fact]
    public void Run_InWhichEachHappened_IsNoFinding() => Assert.Empty(Enough.Findings(Enough.Length, 1, 1, 1, 1));

    [Theory]
    [InlineData(0, 1, 1, 1, "No command was acknowledged in 30 s under fire.")]
    [InlineData(1, 0, 1, 1, "Nothing was killed in 30 s.")]
    [InlineData(1, 1, 0, 1, "Nothing was paused in 30 s.")]
    [InlineData(1, 1, 1, 0, "No way was cut, silenced or slowed in 30 s.")]
    public void Run_InWhichOneDidNotHappen_SaysWhich(int acknowledged, int kills, int pauses, int cuts, string finding)
    {
        Assert.Equal(finding, Assert.Single(Enough.Findings(Enough.Length, acknowledged, kills, pauses, cuts)));
        // It may be by chance.
        Assert.Empty(Enough.Findings(Enough.Length - TimeSpan.FromSeconds(1), acknowledged, kills, pauses, cuts));
    }
}
