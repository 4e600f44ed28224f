namespace FundingFlows.Ledger;

/// <summary>What a body takes over from one in whose place it stands.</summary>
public sealed class Inheritance(Succession succession)
{
    private readonly HashSet<string> taken = [];

    public Succession Succession { get; } = succession;

    /// <summary>What it has taken over beside money.</summary>
    public IReadOnlyCollection<string> Taken => taken;

    internal void Take(InHand thing) => taken.Add(Vesting.NameOf(thing));
}
