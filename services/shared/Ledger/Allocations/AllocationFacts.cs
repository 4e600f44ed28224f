namespace FundingFlows.Ledger;

/// <summary>What facts about recorded runs change in the books.</summary>
internal static class AllocationFacts
{
    /// <param name="books">The books.</param>
    /// <param name="first">The first entry of the operation, which the run is named by.</param>
    /// <param name="entry">A part of it: the first says what the run is, each some of its recipients.</param>
    public static void Apply(Books books, EntryId first, Entry entry)
    {
        if (books.Allocations.Find(first) is null)
            books.Allocations.Add(new RecordedAllocation(first, entry.Fact.AllocationRecorded, entry.RecordedAt));
        books.Allocations[first].Add(entry.Fact.AllocationRecorded.Shares);
    }
}
