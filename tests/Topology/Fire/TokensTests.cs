using FundingFlows.Fire;
using Microsoft.Extensions.Time.Testing;

namespace FundingFlows.Topologies.Tests;

/// <summary>However long a run is, no call bears a token that is over; and the limits of a run grow with it.</summary>
public sealed class TokensTests
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    [Fact]
    public void Token_IsKeptForHalfOfItsLife_AndThenIsAnother()
    {
        var time = new FakeTimeProvider();
        var made = 0;
        var tokens = new Tokens((body, role) => $"{role}@{body} {++made}", Life, time);

        Assert.Equal("approver@ashby 1", tokens.Of("ashby", "approver"));
        time.Advance((Life / 2) - TimeSpan.FromSeconds(1));
        Assert.Equal("approver@ashby 1", tokens.Of("ashby", "approver"));
        Assert.Equal("preparer@ashby 2", tokens.Of("ashby", "preparer"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("approver@ashby 3", tokens.Of("ashby", "approver"));
        Assert.Equal("preparer@ashby 2", tokens.Of("ashby", "preparer"));
    }

    [Fact]
    public void Limits_OfALongerRun_AreLonger()
    {
        var (minute, day) = (new FireLimits(TimeSpan.FromMinutes(1)), new FireLimits(TimeSpan.FromDays(1)));

        Assert.InRange(day.Settling, minute.Settling + TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        Assert.InRange(day.Checks, minute.Checks + TimeSpan.FromHours(1), TimeSpan.FromDays(2));
        // .ci/run lets no step take longer.
        Assert.InRange(minute.Whole, TimeSpan.Zero, TimeSpan.FromMinutes(20));
    }
}
