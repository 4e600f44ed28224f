namespace FundingFlows.Ledger;

/// <summary>The journal of a body in one epoch: all of an id but its numbers.</summary>
internal readonly record struct JournalName(string Body, uint Epoch)
{
    public static JournalName Of(LotRef lot) => new(lot.Body, lot.Epoch);

    public static JournalName Of(EntryId entry) => new(entry.Body, entry.Epoch);

    public bool IsOf(LotRef? lot) => lot is not null && lot.Body == Body && lot.Epoch == Epoch;

    public EntryId this[long index] => new(Body, Epoch, index);
}

/// <summary>In which journal the entries of things in a row stand, where those that come later are seldom in another: their body has begun a new epoch.</summary>
internal sealed class PlacedJournals
{
    private readonly List<(int From, JournalName Journal)> journals = [];

    /// <summary>The journal of the thing at a place.</summary>
    public JournalName this[int place]
    {
        get
        {
            var at = journals.Count - 1;
            while (journals[at].From > place)
                at--;
            return journals[at].Journal;
        }
    }

    /// <summary>Says it of the next place.</summary>
    public void Add(int place, EntryId entry)
    {
        if (journals.Count == 0 || journals[^1].Journal != JournalName.Of(entry))
            journals.Add((place, JournalName.Of(entry)));
    }
}

/// <summary>Values that many things share, each once and by a number from 0.</summary>
internal sealed class Shared<T>
    where T : notnull
{
    private readonly List<T> values = [];
    private readonly Dictionary<T, int> numbers = [];
    private int newest;

    public T this[int number] => values[number];

    public int NumberOf(T value)
    {
        // Mostly it is what was said before: that is compared sooner than hashed.
        if (newest < values.Count && EqualityComparer<T>.Default.Equals(values[newest], value))
            return newest;
        if (!numbers.TryGetValue(value, out newest))
        {
            numbers.Add(value, newest = values.Count);
            values.Add(value);
        }
        return newest;
    }
}
