namespace FundingFlows.Audit;

/// <summary>Recorded runs and the awards made from them, at every entry: a run adds up to its pot, and an award promises what its run gives, once.</summary>
public sealed class AllocationChecks
{
    private readonly List<string> wrong = [];
    private long examined;

    /// <summary>How many runs and awards were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Found => (examined, wrong);

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry before it is applied, when the books say what was awarded before.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        if (entry.Fact.AwardOffered is { Terms: { } terms } offered)
            Require(IsAsAllocated(replica.Books, offered, terms), $"{replica.IdOf(entry)} awards money of {terms.Fund} to {offered.To.Body} otherwise than a recorded run gives it.");
    }

    /// <summary>Looks at an entry after it was applied: at a run once all its parts are there.</summary>
    public void LookAgain(JournalReplica replica, Entry entry)
    {
        if (entry.Fact.AllocationRecorded is not null && entry.Part == entry.Parts && replica.Books.Allocations.All[^1] is var run)
            Require(AddsUp(run), $"What {run.Id} gives does not add up to its pot.");
    }

    private static bool IsAsAllocated(Books books, AwardOffered offered, FundTerms terms)
    {
        if (offered.Allocation is null)
            return !offered.EarlierTerms.Append(terms).Any(one => one.AwardsByFormulaOnly);
        return EntryId.TryFrom(offered.Allocation, out var id) && books.Allocations.Find(id) is { } run && run.Fund == terms.Fund
            && run.Shares.ContainsKey(offered.To.Body) && run.PromisesTo(offered.To.Body).SequenceEqual(offered.Promises)
            && !books.Awards.Of(id).Contains(offered.To.Body);
    }

    private static bool AddsUp(RecordedAllocation run) =>
        run.Shares.Count == run.Recipients && run.Shares.Values.All(amounts => amounts.Count == run.Pot.Count && amounts.All(pence => pence >= 0))
        && run.Pot.Select((line, i) => run.Shares.Values.Aggregate(Int128.Zero, (sum, amounts) => sum + amounts[i]) == line.AmountPence).All(adds => adds);

    private void Require(bool holds, string finding)
    {
        examined++;
        if (!holds)
            wrong.Add(finding);
    }
}
