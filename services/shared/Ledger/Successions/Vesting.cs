namespace FundingFlows.Ledger;

/// <summary>What a body that is abolished has handed over, and what it had.</summary>
public sealed class Vesting(
    EntryId at, Succession succession, IReadOnlyList<(LotId Lot, long Pence)> held, IReadOnlyList<(InHand Thing, EntryId? Project)> whole)
{
    private readonly HashSet<string> begun = [];
    private readonly HashSet<(string Successor, string Thing)> handed = [];
    private readonly Dictionary<string, string> takers = [];
    private readonly Dictionary<EntryId, PaymentInHand> payments = [];
    private readonly Dictionary<EntryId, string> handedBy = [];
    private readonly Dictionary<string, List<EntryId>> answers = [];
    private readonly Dictionary<(LotId Lot, EntryId? Hold), int> turns = [];
    private readonly SortedDictionary<string, ToldPartner> told = new(StringComparer.Ordinal);

    /// <summary>The entry from which on others stand in the body's place.</summary>
    public EntryId At { get; } = at;

    public Succession Succession { get; } = succession;

    /// <summary>What remained of each lot at that entry, in pence.</summary>
    public IReadOnlyList<(LotId Lot, long Pence)> Held { get; } = held;

    /// <summary>What goes whole to one successor, as it was at that entry, each with the project that it goes with.</summary>
    public IReadOnlyList<(InHand Thing, EntryId? Project)> Whole { get; } = whole;

    /// <summary>The bodies that were told, with who funds them from now on and how much of what they sent is to arrive.</summary>
    public IReadOnlyDictionary<string, ToldPartner> Told => told;

    /// <summary>What was handed over beside money, and to whom.</summary>
    public IReadOnlyCollection<(string Successor, string Thing)> Handed => handed;

    /// <summary>Whether a successor was told that it is to expect the books.</summary>
    public bool HasBegun(string successor) => begun.Contains(successor);

    /// <summary>How many successors have had their part of what is held for something in a lot, or is free.</summary>
    internal int TurnOf(LotId lot, EntryId? hold) => turns.GetValueOrDefault((lot, hold));

    internal void Begin(string successor) => begun.Add(successor);

    internal void Tell(string partner, string taker) => told.Add(partner, new ToldPartner(taker));

    internal void Hand(EntryId at, string successor, InHand thing)
    {
        handed.Add((successor, NameOf(thing)));
        takers[NameOf(thing)] = successor;
        handedBy.Add(at, NameOf(thing));
        if (thing.ThingCase == InHand.ThingOneofCase.Payment)
            payments.Add(at, thing.Payment);
    }

    /// <summary>Who has taken a thing that goes whole, or is to. Null: it was not handed over yet.</summary>
    public string? TakerOf(string thing) => takers.GetValueOrDefault(thing);

    /// <summary>The entries with which its taker answered that it has it, or refused it.</summary>
    internal IReadOnlyList<EntryId> AnswersTo(string thing) => answers.GetValueOrDefault(thing) ?? [];

    internal void Answer(EntryId handed, EntryId answer)
    {
        if (!answers.TryGetValue(handedBy[handed], out var known))
            answers.Add(handedBy[handed], known = []);
        known.Add(answer);
    }

    /// <summary>The payment, or part of one, that an entry handed over. Null: it handed over something else.</summary>
    internal PaymentInHand? PaymentIn(EntryId entry) => payments.GetValueOrDefault(entry);

    /// <summary>A successor has had its part of what is held for something in a lot, or is free.</summary>
    internal void Pass(LotId lot, EntryId? hold, string successor) => turns[(lot, hold)] = Succession.PlaceOf(successor) + 1;

    /// <summary>What a thing is called among those that are handed over. What was given under an award goes with the award.</summary>
    internal static string NameOf(InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => NameOf(TermsId.Of(thing.Terms)),
        InHand.ThingOneofCase.Agreement => $"agreement {EntryId.From(thing.Agreement.Agreement)}",
        InHand.ThingOneofCase.Award => $"award {EntryId.From(thing.Award.Award)}",
        InHand.ThingOneofCase.Given => $"given under {EntryId.From(thing.Given.Award)}",
        InHand.ThingOneofCase.Project => $"project {EntryId.From(thing.Project.Project)}",
        InHand.ThingOneofCase.Reservation => $"reservation {EntryId.From(thing.Reservation.Reservation)}",
        InHand.ThingOneofCase.Liability => $"liability {EntryId.From(thing.Liability.Liability)}",
        InHand.ThingOneofCase.Preparation => $"preparation {EntryId.From(thing.Preparation.Preparation)}",
        InHand.ThingOneofCase.Payment => $"payment {EntryId.From(thing.Payment.Payment)}",
        InHand.ThingOneofCase.Clawback => $"clawback {EntryId.From(thing.Clawback.Clawback)}",
        InHand.ThingOneofCase.Custody => $"custody {EntryId.From(thing.Custody.Custody)}",
        InHand.ThingOneofCase.Registration => RegistrationOf(thing.Registration.Registration.Body),
        InHand.ThingOneofCase.Report => $"report {EntryId.From(thing.Report.Report.Report)}",
        _ => throw new InvalidOperationException("Nothing is handed over."),
    };

    /// <summary>What the registration of a body is called.</summary>
    public static string RegistrationOf(string body) => $"registration of {body}";

    /// <summary>What something is called that money is held for. Null: that goes by shares, or back.</summary>
    internal static string? NameOf(Hold hold) => hold.Kind switch
    {
        HoldKind.Reservation => $"reservation {hold.Id}",
        HoldKind.Liability => $"liability {hold.Id}",
        HoldKind.Preparation => $"preparation {hold.Id}",
        _ => null,
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
