namespace FundingFlows.Tiers;

/// <summary>Ids of the log events that somebody should look at.</summary>
internal static class SecurityEvents
{
    public const int DeliveryRefused = 4001;
    public const int ReceiptsRefused = 4002;
    public const int ForkProved = 4003;
    public const int CheckpointRefused = 4004;
    public const int SeenRefused = 4005;
    public const int KeptEntriesRefused = 4006;
    public const int PairStuck = 4007;
    public const int PairGoesOn = 4008;
    public const int NewsRefused = 4009;
}
