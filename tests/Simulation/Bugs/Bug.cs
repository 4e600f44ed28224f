using FundingFlows.Contracts.Peer.V1;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Simulation;

/// <summary>Where a deliberate bug may be put in place of what is right, to see whether it is found. What is here is no bug.</summary>
internal class Bug
{
    /// <summary>The checks of which one must find it: another that breaks because of it finds it by chance.</summary>
    public virtual IReadOnlyList<Check> FoundBy => [];

    /// <summary>The store of a life of an instance.</summary>
    public virtual VirtualStore Store(Life life, VirtualDisk disk) => new(life, disk);

    /// <summary>What answers other bodies.</summary>
    public virtual PeerService.PeerServiceBase Peers(Life life, Peers right) => right;

    /// <summary>Replaces what an instance is made of.</summary>
    public virtual void Replace(Life life, IServiceCollection services)
    {
    }

    /// <summary>What a body is given to decide.</summary>
    public virtual ICommand Command(ICommand command) => command;

    /// <summary>Told when nobody answered a delivery in time, or it could not be made.</summary>
    public virtual Task NotDeliveredAsync(Life life, DeliverRequest request) => Task.CompletedTask;
}
