namespace FundingFlows.Allocations;

/// <summary>One thing that is wrong with what was given, so that nothing can be worked out from it.</summary>
/// <param name="Item">What it is about: a component, an adjustment, a recipient, an indicator, or a line and column of a file.</param>
/// <param name="Sentence">What is wrong and what would mend it, in plain words that name the item.</param>
public sealed record Fault(string Item, string Sentence);

/// <summary>Either what was asked for, or all that is wrong with what was given. There is no half of it.</summary>
public sealed class Outcome<T>
    where T : class
{
    private readonly T? value;

    public Outcome(T value) => this.value = value;

    /// <param name="faults">At least one.</param>
    public Outcome(IReadOnlyList<Fault> faults)
    {
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count);
        Faults = faults;
    }

    /// <summary>Empty: nothing is wrong.</summary>
    public IReadOnlyList<Fault> Faults { get; } = [];

    public bool IsRefused => Faults.Count > 0;

    /// <summary>What was asked for. Throws where something is wrong.</summary>
    public T Value => value ?? throw new InvalidOperationException(string.Join(" ", Faults.Select(fault => fault.Sentence)));
}
