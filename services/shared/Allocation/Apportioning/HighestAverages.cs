namespace FundingFlows.Allocations;

/// <summary>
/// Shares out what cannot be divided, such as seats on a joint board, one after the other: each goes to whoever has the most votes
/// for each seat, counted by the divisors of the method. Whole numbers throughout. A larger house never takes a seat from anybody,
/// for the first seats are given out as they were before.
/// </summary>
public static class HighestAverages
{
    /// <summary>Divisors 1, 2, 3 and so on (Jefferson, D'Hondt): favours the large a little.</summary>
    public static int[] DHondt(int seats, IReadOnlyList<long> votes) => GiveOut(seats, votes, held => held + 1L);

    /// <summary>Divisors 1, 3, 5 and so on (Webster, Sainte-Lague): favours neither the large nor the small.</summary>
    public static int[] SainteLague(int seats, IReadOnlyList<long> votes) => GiveOut(seats, votes, held => (2L * held) + 1);

    /// <summary>Seats in the order of the votes. Ties go to the earlier. Throws where a number is below zero, or nobody has a vote.</summary>
    private static int[] GiveOut(int seats, IReadOnlyList<long> votes, Func<int, long> divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seats);
        foreach (var vote in votes)
            ArgumentOutOfRangeException.ThrowIfNegative(vote, nameof(votes));
        if (votes.All(vote => vote == 0))
            throw new ArgumentOutOfRangeException(nameof(votes), "Nobody has a vote.");

        var given = new int[votes.Count];
        var next = new PriorityQueue<int, Average>(
            Enumerable.Range(0, votes.Count).Where(i => votes[i] > 0).Select(i => (i, new Average(votes[i], divisor(0), i))));
        for (var seat = 0; seat < seats; seat++)
        {
            var i = next.Dequeue();
            given[i]++;
            next.Enqueue(i, new Average(votes[i], divisor(given[i]), i));
        }
        return given;
    }

    /// <summary>Votes for each seat as an exact fraction. The largest comes first, and of equal ones the earlier.</summary>
    private readonly record struct Average(long Votes, long Divisor, int Place) : IComparable<Average>
    {
        public int CompareTo(Average other)
        {
            var larger = ((Int128)other.Votes * Divisor).CompareTo((Int128)Votes * other.Divisor);
            return larger != 0 ? larger : Place.CompareTo(other.Place);
        }
    }
}
