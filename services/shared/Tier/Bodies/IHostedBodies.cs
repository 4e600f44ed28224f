namespace FundingFlows.Tiers;

/// <summary>The bodies that this instance hosts.</summary>
public interface IHostedBodies
{
    IReadOnlyCollection<HostedBody> All { get; }

    /// <summary>A hosted body. Null: it is not hosted here.</summary>
    HostedBody? Find(string body);
}

/// <summary>Of an instance that hosts none and only follows.</summary>
public sealed class NoHostedBodies : IHostedBodies
{
    public IReadOnlyCollection<HostedBody> All => [];

    public HostedBody? Find(string body) => null;
}
