namespace FundingFlows.Tiers;

/// <summary>A body that this process hosts: its journal's one writer, its key, what signs its checkpoints, and how its journal names people.</summary>
public sealed record HostedBody(string Id, Genesis Genesis, Sequencer Sequencer, BodyKey Key, CheckpointSigner Checkpoints, PersonHandles People)
{
    public uint Epoch => Genesis.Epoch;
}
