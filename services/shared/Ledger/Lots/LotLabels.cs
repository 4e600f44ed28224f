namespace FundingFlows.Ledger;

/// <summary>The labels of a body's lots, each once and by a number, and what remains of lots by their labels.</summary>
internal sealed class LotLabels
{
    private readonly List<(LotLabel Label, FundPot Pot, DrawingQueue Queue)> labels = [];
    private readonly Dictionary<LotLabel, int> numbers = new(LabelComparer.Instance);
    private readonly Dictionary<string, FundPot> pots = [];
    private int newest;

    public LotLabel this[int number] => labels[number].Label;

    /// <summary>The funds of which something remains.</summary>
    public IEnumerable<string> FundsHeld => pots.Where(pot => !pot.Value.IsEmpty).Select(pot => pot.Key);

    /// <summary>The number of the label of a lot.</summary>
    public int Of(NewLot made)
    {
        // Mostly it is that of the lot before: that is compared sooner than hashed.
        if (newest < labels.Count && LabelComparer.Instance.Equals(made, labels[newest].Label))
            return newest;
        return newest = numbers.GetAlternateLookup<NewLot>().TryGetValue(made, out var number) ? number : Add(made);
    }

    private int Add(NewLot made)
    {
        var label = new LotLabel(made);
        if (!pots.TryGetValue(label.Line.Fund, out var pot))
            pots.Add(label.Line.Fund, pot = new FundPot());
        numbers.Add(label, labels.Count);
        labels.Add((label, pot, pot.Of(label.Line)));
        return labels.Count - 1;
    }

    /// <summary>What remains of a fund. Null: there never was a lot of it.</summary>
    public FundPot? Pot(string fund) => pots.GetValueOrDefault(fund);

    public FundPot Pot(int label) => labels[label].Pot;

    public DrawingQueue Queue(int label) => labels[label].Queue;
}
