using System.Security.Claims;

namespace FundingFlows.Tiers.Tests;

/// <summary>How long a token that was verified is not verified again.</summary>
public sealed class VerifiedTokensTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private readonly Clock clock = new() { Now = Start };
    private readonly ClaimsPrincipal user = new(new ClaimsIdentity([new Claim("sub", "someone")]));

    [Fact]
    public void Token_IsKnownForAMinute_AndThenVerifiedAgain()
    {
        var tokens = new VerifiedTokens(clock);
        tokens.Remember("one", user, Start.AddHours(1));
        clock.Now = Start + VerifiedTokens.Longest - Moment;
        Assert.Same(user, tokens.Recall("one"));
        clock.Now += Moment;
        Assert.Null(tokens.Recall("one"));
    }

    [Fact]
    public void Token_IsNotKnownPastItsExpiry()
    {
        var tokens = new VerifiedTokens(clock);
        tokens.Remember("one", user, Start.AddSeconds(10));
        clock.Now = Start.AddSeconds(10) - Moment;
        Assert.Same(user, tokens.Recall("one"));
        clock.Now += Moment;
        Assert.Null(tokens.Recall("one"));
    }

    [Fact]
    public void AnotherToken_IsNotKnown()
    {
        var tokens = new VerifiedTokens(clock);
        tokens.Remember("one", user, Start.AddHours(1));
        Assert.Null(tokens.Recall("One"));
    }

    [Fact]
    public void OfVeryManyTokens_TheOldestAreForgotten_AndTheNewestKnown()
    {
        var tokens = new VerifiedTokens(clock);
        for (var i = 0; i < 10_000; i++)
            tokens.Remember($"{i}", user, Start.AddHours(1));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => tokens.Recall($"{i}") is not null), 1, 2_048);
        Assert.Same(user, tokens.Recall("9999"));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
