namespace FundingFlows.Fire;

/// <summary>What each body should have of the fund that the load moves, as far as is known from answers: what it is asked for, it can mostly do.</summary>
/// <param name="full">A body that refuses all that it is sent, so that it comes back. Null: there is none.</param>
internal sealed class Purses(string? full)
{
    private readonly Dictionary<string, long> pence = [];

    public long Of(string body) => pence.GetValueOrDefault(body);

    public void Add(string body, long more) => pence[body] = Of(body) + more;

    /// <summary>Whether what is sent to a body arrives there.</summary>
    public bool CanReceive(string body) => body != full;
}
