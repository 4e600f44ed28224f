namespace FundingFlows.Ledger;

/// <summary>Lots of one fund and rank, by their places in the book: in the order in which they were made, and which of them remain.</summary>
internal sealed class DrawingQueue
{
    private readonly Chunked<int> places = new();
    private readonly MarkedPlaces remaining = new();

    /// <summary>How many remain.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the lot that stands so far from the front.</summary>
    public int this[int at] => places[at];

    /// <summary>How far from the front the next one that remains stands, from there on. -1: there is none.</summary>
    public int Next(int from) => remaining.Next(from);

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
                for (var (queue, at) = (queues.Values[rank], queues.Values[rank].Next(0)); at >= 0; at = queue.Next(at + 1))
                    yield return queue[at];
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
