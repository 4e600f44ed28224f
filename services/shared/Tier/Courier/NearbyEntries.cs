namespace FundingFlows.Tiers;

/// <summary>
/// Reads what is wanted of a journal, in its order: what stands close together comes in one page. Holds one page at a time, which
/// the store keeps small.
/// </summary>
internal sealed class NearbyEntries(Sequencer sequencer, uint journal, IReadOnlyList<(long First, int Count)> wanted)
{
    /// <summary>Entries of no interest between two that are wanted: reading so many costs less than reading once more.</summary>
    private const int WidestGap = 8;
    private const int MostInAPage = 1_000;
    private IReadOnlyList<byte[]> page = [];
    private long from;

    /// <summary>The entries that are wanted in that place. Throws <see cref="JournalUnavailableException"/> when the journal is another by now.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> ReadAsync(int place, CancellationToken stopping)
    {
        var (first, count) = wanted[place];
        var entries = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            var next = first + i;
            if (next < from || next >= from + page.Count)
                (from, page) = (next, await sequencer.ReadEntriesAsync(journal, next, (int)Math.Min(EndOfRun(place) - next, MostInAPage), stopping));
            entries[i] = page.Count > 0 ? page[(int)(next - from)]
                : throw new JournalUnavailableException(Unavailability.Replaying, $"Entry {next} is not there (any more).");
        }
        return entries;
    }

    private long EndOfRun(int place)
    {
        var end = wanted[place].First + wanted[place].Count;
        while (++place < wanted.Count && wanted[place].First >= end && wanted[place].First - end <= WidestGap)
            end = wanted[place].First + wanted[place].Count;
        return end;
    }
}
