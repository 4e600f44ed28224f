namespace FundingFlows.Tiers;

/// <summary>
/// The data of the event that a body's journal has moved: which, how far, and a checkpoint. No money and no personal data: who
/// wants the entries fetches them from the journal.
/// </summary>
/// <param name="Body">The body.</param>
/// <param name="Epoch">The epoch of its journal.</param>
/// <param name="FirstIndex">The first entry that is new since the event before.</param>
/// <param name="LastIndex">The last entry that is durable.</param>
/// <param name="Checkpoint">The newest signed checkpoint, which may cover fewer entries.</param>
public sealed record JournalMoved(string Body, uint Epoch, long FirstIndex, long LastIndex, string Checkpoint)
{
    public const string Topic = "journal";
    public const string Type = "fundingflows.journal.moved.v1";
    public const string Route = "/events/journal";

    /// <summary>Where the broker puts news that a subscriber could not take, and who counts it.</summary>
    public const string DeadLetters = "journal-dead";
    public const string DeadLetterRoute = "/events/dead-letters";
}
