namespace FundingFlows.Ledger;

/// <summary>What a body that is abolished has handed over, and what it had.</summary>
public sealed class Vesting(EntryId at, Succession succession, IReadOnlyList<(LotId Lot, long Pence)> held)
{
    private readonly HashSet<string> begun = [];
    private readonly HashSet<(string Successor, string Thing)> handed = [];
    private readonly Dictionary<LotId, int> turns = [];
    private readonly SortedDictionary<string, ToldPartner> told = new(StringComparer.Ordinal);

    /// <summary>The entry from which on others stand in the body's place.</summary>
    public EntryId At { get; } = at;

    public Succession Succession { get; } = succession;

    /// <summary>What remained of each lot at that entry, in pence.</summary>
    public IReadOnlyList<(LotId Lot, long Pence)> Held { get; } = held;

    /// <summary>The bodies that were told, with who funds them from now on and how much of what they sent is to arrive.</summary>
    public IReadOnlyDictionary<string, ToldPartner> Told => told;

    /// <summary>What was handed over beside money, and to whom.</summary>
    public IReadOnlyCollection<(string Successor, string Thing)> Handed => handed;

    /// <summary>Whether a successor was told that it is to expect the books.</summary>
    public bool HasBegun(string successor) => begun.Contains(successor);

    /// <summary>How many successors have had their part of a lot.</summary>
    internal int TurnOf(LotId lot) => turns.GetValueOrDefault(lot);

    internal void Begin(string successor) => begun.Add(successor);

    internal void Tell(string partner, string taker) => told.Add(partner, new ToldPartner(taker));

    internal void Hand(string successor, InHand thing) => handed.Add((successor, NameOf(thing)));

    /// <summary>A successor has had its part of a lot.</summary>
    internal void Pass(LotId lot, string successor) => turns[lot] = Succession.Successors.ToList().IndexOf(successor) + 1;

    /// <summary>What a thing is called among those that are handed over. What was given under an award goes with the award.</summary>
    internal static string NameOf(InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => NameOf(TermsId.Of(thing.Terms)),
        InHand.ThingOneofCase.Agreement => $"agreement {EntryId.From(thing.Agreement.Agreement)}",
        InHand.ThingOneofCase.Award => $"award {EntryId.From(thing.Award.Award)}",
        InHand.ThingOneofCase.Given => $"given under {EntryId.From(thing.Given.Award)}",
        InHand.ThingOneofCase.Project => $"project {EntryId.From(thing.Project.Project)}",
        _ => throw new InvalidOperationException("Nothing is handed over."),
    };

    internal static string NameOf(TermsId terms) => $"terms {terms.Version} of {terms.Fund}";
}

/// <summary>A body that funded the abolished one, or was funded by it, and was told.</summary>
/// <param name="taker">Who funds it from now on. Empty: it was not funded.</param>
public sealed class ToldPartner(string taker)
{
    public string Taker { get; } = taker;

    /// <summary>The last sequence that it sent, and in which epoch. Null: it has not answered.</summary>
    public (uint Epoch, long Sequence)? Last { get; internal set; }
}
