namespace FundingFlows.Ledger;

/// <summary>The answer to a command: facts to record, a refusal, or the entries in which it was answered before.</summary>
public sealed class Decision
{
    private Decision()
    {
    }

    /// <summary>What happened, in order. Several facts are made durable together and applied as one. Empty unless accepted.</summary>
    public IReadOnlyList<Fact> Facts { get; private init; } = [];

    public Refusal? Refusal { get; private init; }

    /// <summary>Where the same thing was recorded before, and in how many entries.</summary>
    public (EntryId First, int Entries)? Before { get; private init; }

    public static Decision Accept(params IReadOnlyList<Fact> facts) => new() { Facts = facts };

    public static Decision Refuse(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>Refuses with a value of the command's enumeration of refusals; see <see cref="Ledger.Refusal.Of"/>.</summary>
    public static Decision Refuse<TReason>(TReason reason, string sentence, params (string Name, string Value)[] details)
        where TReason : struct, Enum => Refuse(Ledger.Refusal.Of(reason, sentence, details));

    public static Decision AlreadyRecorded(EntryId first, int entries) => new() { Before = (first, entries) };
}
