namespace FundingFlows.Ledger;

/// <summary>
/// Money that went out of a fund and comes back follows the merges that were made since: it is where it would be, had it never
/// gone. What a merge may not take, for example because other terms bind it, stays where it came back to.
/// </summary>
internal static class MergesSince
{
    /// <param name="books">The books before the money has come back.</param>
    /// <param name="since">The entry that the money went out with.</param>
    /// <param name="next">Where the first of these facts will stand.</param>
    /// <param name="back">The lots that it came back as, or to: of each as much as came back.</param>
    public static IReadOnlyList<Fact> Follow(Books books, EntryId since, EntryId next, IEnumerable<Lot> back)
    {
        var facts = new List<Fact>();
        var there = back.ToList();
        // What comes back is never refused, so what would be too much for the accounts is not relabelled.
        var room = Pence.Most - books.Accounts.Total[Account.RelabelledIn];
        foreach (var merge in books.Merges.All.Where(merge => merge.Id.Index > since.Index))
        {
            var taken = new List<(Lot Lot, NewLot Made)>();
            foreach (var lot in there.Where(merge.Takes))
            {
                if (lot.AmountPence > room || Relabelling.Of(books, lot, merge.Into).To is not { } label)
                    continue;
                room -= lot.AmountPence;
                taken.Add((lot, lot.Relabelled(label, lot.AmountPence)));
            }
            if (taken.Count == 0)
                continue;
            there.RemoveAll(lot => taken.Exists(one => ReferenceEquals(one.Lot, lot)));
            foreach (var part in Parts.Cut(taken.Select(one => one.Made)))
            {
                there.AddRange(part.Select((made, i) => Lot.Alone(new LotId(next with { Index = next.Index + facts.Count }, i), made)));
                facts.Add(new Fact { PotsMerged = MergePots.Merged(merge, part) });
                facts[^1].PotsMerged.Under = merge.Id.ToRef();
            }
        }
        return facts;
    }

    /// <summary>So much of a lot, as it will have come back to it.</summary>
    public static Lot Part(Lot lot, long pence) => Lot.Alone(lot.Id, lot.ChildHere(pence));
}
