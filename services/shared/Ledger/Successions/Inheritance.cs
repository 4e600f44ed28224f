namespace FundingFlows.Ledger;

/// <summary>What a body takes over from one in whose place it stands.</summary>
/// <param name="before">Those in whose place the predecessor stood.</param>
public sealed class Inheritance(Succession succession, IEnumerable<string> before)
{
    private readonly Dictionary<string, List<InHand>> taken = [];
    private readonly Dictionary<EntryId, long> toCome = [];

    public Succession Succession { get; } = succession;

    /// <summary>The predecessor, and those in whose place it stood.</summary>
    public IReadOnlySet<string> Predecessors { get; } = before.Append(succession.Predecessor).ToHashSet(StringComparer.Ordinal);

    /// <summary>What it has taken over beside money, by name. A thing may come in several parts.</summary>
    public IReadOnlyList<InHand> Taken(string name) => taken.GetValueOrDefault(name) ?? [];

    /// <summary>What can come at most of what is held for something that was taken over, in pence.</summary>
    internal long ToComeFor(EntryId hold) => toCome.GetValueOrDefault(hold);

    internal void Take(InHand thing)
    {
        var name = Vesting.NameOf(thing);
        if (!taken.TryGetValue(name, out var parts))
            taken.Add(name, parts = []);
        parts.Add(thing);
        switch (thing.ThingCase)
        {
            case InHand.ThingOneofCase.Reservation: Expect(thing.Reservation.Reservation, thing.Reservation.HeldPence + thing.Reservation.InstructedPence); break;
            case InHand.ThingOneofCase.Liability: Expect(thing.Liability.Liability, thing.Liability.HeldPence + thing.Liability.InstructedPence); break;
            case InHand.ThingOneofCase.Preparation:
                Expect(thing.Preparation.Preparation, thing.Preparation.HeldPence);
                // When it is rejected before its money comes, that goes on to what it was to be paid out of.
                if (thing.Preparation.Prepared.Payment.OutOf is { } outOf)
                    Expect(outOf, thing.Preparation.HeldPence);
                break;
        }
    }

    internal void Receive(EntryId hold, long pence) => Expect(hold, -pence);

    private void Expect(EntryRef hold, long pence) => Expect(EntryId.From(hold), pence);

    private void Expect(EntryId hold, long pence) => toCome[hold] = toCome.GetValueOrDefault(hold) + pence;
}
