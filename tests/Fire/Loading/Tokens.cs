using System.Collections.Concurrent;

namespace FundingFlows.Fire;

/// <summary>The tokens of officers. One is used for half of its life; then there is another, so that no call bears one that is over.</summary>
/// <param name="issue">Makes a token for a role at a body.</param>
/// <param name="life">How long a token counts.</param>
internal sealed class Tokens(Func<string, string, string> issue, TimeSpan life, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Body, string Role), (string Token, DateTimeOffset Until)> tokens = new();

    public string Of(string body, string role)
    {
        var now = time.GetUtcNow();
        return tokens.AddOrUpdate((body, role), _ => Fresh(), (_, old) => now < old.Until ? old : Fresh()).Token;

        (string, DateTimeOffset) Fresh() => (issue(body, role), now + (life / 2));
    }
}
