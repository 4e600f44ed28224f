using System.Numerics;

namespace FundingFlows.Ledger;

/// <summary>A row that has a number of its own, which grows from row to row.</summary>
internal interface INumbered
{
    ulong Number { get; }
}

/// <summary>Finds rows by their numbers, without an index.</summary>
internal static class Numbered
{
    /// <summary>The place of the row with that number. -1: there is none.</summary>
    public static int Find<T>(this Chunked<T> rows, ulong number)
        where T : struct, INumbered
    {
        // Numbers grow nearly evenly, so a guess between the ends is nearly right; a halving after each keeps it from ever taking long.
        for (var (from, to) = (0, rows.Count - 1); from <= to;)
        {
            var (least, most) = (rows[from].Number, rows[to].Number);
            if (number < least || number > most)
                return -1;
            var guess = from + (least == most ? 0 : Part(to - from, number - least, most - least));
            for (var again = false; ; again = true, guess = from + ((to - from) >>> 1))
            {
                var found = rows[guess].Number;
                if (found == number)
                    return guess;
                (from, to) = found < number ? (guess + 1, to) : (from, guess - 1);
                if (again || from > to)
                    break;
            }
        }
        return -1;
    }

    /// <summary>About so much of the places as that is of the whole.</summary>
    private static int Part(int places, ulong that, ulong whole)
    {
        var shift = Math.Max(0, 32 - BitOperations.LeadingZeroCount(whole));
        return (int)((that >> shift) * (ulong)places / (whole >> shift));
    }
}
