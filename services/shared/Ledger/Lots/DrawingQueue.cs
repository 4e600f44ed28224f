namespace FundingFlows.Ledger;

/// <summary>Lots of one fund and rank, by their places in the book: in the order in which they were made, and which of them remain.</summary>
internal sealed class DrawingQueue
{
    private readonly Chunked<int> places = new();
    private readonly MarkedPlaces remaining = new();

    /// <summary>How many remain.</summary>
    public int Count { get; private set; }

    /// <summary>The places of what remains, in order.</summary>
    public IEnumerable<int> Remaining
    {
        get
        {
            for (var at = remaining.Next(0); at >= 0; at = remaining.Next(at + 1))
                yield return places[at];
        }
    }

    /// <summary>Puts a lot that was just made at the end. It remains.</summary>
    public void Add(int place)
    {
        places.Add(place);
        remaining.Mark(places.Count - 1);
        Count++;
    }

    /// <summary>Nothing is left of a lot.</summary>
    public void Leave(int place)
    {
        if (remaining.Unmark(Find(place)))
            Count--;
    }

    /// <summary>Something is left of a lot: it is where it was.</summary>
    public void Return(int place)
    {
        if (remaining.Mark(Find(place)))
            Count++;
    }

    private int Find(int place)
    {
        var (from, to) = (0, places.Count - 1);
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (places[middle] < place)
                from = middle + 1;
            else
                to = middle;
        }
        return from;
    }
}

/// <summary>What remains of one fund.</summary>
internal sealed class FundPot
{
    private readonly SortedList<DrawingRank, DrawingQueue> queues = [];
    private Int128 pence;

    public bool IsEmpty => queues.Values.All(queue => queue.Count == 0);

    /// <summary>What remains of all its lots, in pence.</summary>
    public long RemainingPence => (long)pence;

    /// <summary>The places of its lots of which something remains, in drawing order.</summary>
    public IEnumerable<int> Remaining
    {
        get
        {
            for (var rank = 0; rank < queues.Count; rank++)
                foreach (var place in queues.Values[rank].Remaining)
                    yield return place;
        }
    }

    /// <summary>The lots of such a line among the others of their rank.</summary>
    public DrawingQueue Of(FundLine line)
    {
        var rank = DrawingRank.Of(line);
        if (!queues.TryGetValue(rank, out var queue))
            queues.Add(rank, queue = new DrawingQueue());
        return queue;
    }

    /// <summary>Counts how much more remains.</summary>
    public void Count(long more) => pence += more;
}
