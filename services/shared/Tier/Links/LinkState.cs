namespace FundingFlows.Tiers;

/// <summary>What is on its way from one body to another.</summary>
/// <param name="Unanswered">Deliveries.</param>
/// <param name="InTransitPence">The money among them.</param>
/// <param name="OldestAt">When the oldest of them was recorded.</param>
/// <param name="Age">How long that is ago.</param>
/// <param name="IsStuck">Whether that is longer than the settings allow.</param>
/// <param name="Problem">Why the newest attempt failed, as a stable reason. Null: it did not.</param>
public sealed record LinkState(
    string Sender, string Receiver, int Unanswered, long InTransitPence, DateTimeOffset OldestAt, TimeSpan Age, bool IsStuck, string? Problem);
