namespace FundingFlows.Ledger;

/// <summary>Why no awards are made from a recorded run, in the order in which the rules are checked.</summary>
public enum AwardAllocationRefusal
{
    /// <summary>This body recorded no such run.</summary>
    [Refuses(RefusalClass.Missing)] AllocationUnknown = 1,

    /// <summary>A recipient is not in the run, or it gives it nothing.</summary>
    [Refuses(RefusalClass.Missing)] RecipientUnknown,

    /// <summary>All recipients, or one that is named, have an award of it that is offered or accepted.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyAwarded,

    /// <summary>A recipient cannot be awarded what it gets: the answer says why.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotAwardable,

    /// <summary>With all of them more would be promised than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,

    /// <summary>The offers, each with the fund's terms, are too long to be made at once.</summary>
    [Refuses(RefusalClass.Rule)] OffersTooLong,
}

/// <summary>This body offers what a recorded run gives to all of its recipients that have no award of it yet, or to some of them: to all of these or to none.</summary>
/// <param name="Recipients">Empty: all.</param>
public sealed record AwardAllocation(EntryId Allocation, IReadOnlyList<string> Recipients) : ICommand
{
    /// <summary>Of all offers together.</summary>
    public const int MostBytes = 16 << 20;

    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Allocations.Find(Allocation) is not { } run)
            return Decision.Refuse(AwardAllocationRefusal.AllocationUnknown, $"{books.Body} has recorded no run {Allocation}.", ("allocation", $"{Allocation}"));
        if (Recipients.FirstOrDefault(recipient => !run.Shares.ContainsKey(recipient) || run.PromisesTo(recipient).Count == 0) is { } stranger)
            return Decision.Refuse(AwardAllocationRefusal.RecipientUnknown, $"{stranger} gets nothing by {Allocation}.", ("recipient", stranger));
        var standing = books.Awards.Of(Allocation);
        if (Recipients.FirstOrDefault(standing.Contains) is { } awarded)
            return Decision.Refuse(AwardAllocationRefusal.AlreadyAwarded, $"{awarded} has an award of {Allocation} already.", ("recipient", awarded));
        var chosen = (Recipients.Count == 0 ? run.Shares.Keys.Where(recipient => run.PromisesTo(recipient).Count > 0) : Recipients.Distinct().Order(StringComparer.Ordinal))
            .Where(recipient => !standing.Contains(recipient)).ToList();
        if (chosen.Count == 0)
            return Decision.Refuse(AwardAllocationRefusal.AlreadyAwarded, $"All recipients of {Allocation} have an award of it already.", ("allocation", $"{Allocation}"));
        return Offer(books, around, run, chosen);
    }

    private Decision Offer(Books books, Surroundings around, RecordedAllocation run, List<string> chosen)
    {
        var offers = new List<Fact>(chosen.Count);
        var (promised, bytes) = ((Int128)books.Awards.PromisedPence(books.Body, run.Fund), 0L);
        foreach (var recipient in chosen)
        {
            var promises = run.PromisesTo(recipient);
            var decision = new OfferAward(recipient, run.Fund, promises) { Allocation = Allocation }.Decide(books, around);
            if (decision.Refusal is { } refusal)
                return Decision.Refuse(
                    AwardAllocationRefusal.NotAwardable, $"{recipient} cannot be awarded what it gets. {refusal.Sentence}", ("recipient", recipient), ("reason", refusal.Reason));
            promised += promises.Sum(promise => promise.AmountPence);
            bytes += decision.Facts[0].CalculateSize();
            offers.Add(decision.Facts[0]);
        }
        if (promised > Pence.Most)
            return Decision.Refuse(AwardAllocationRefusal.TotalTooLarge, $"With all of them more than {Pence.InPounds(Pence.Most)} would be promised; accounts hold no more.");
        if (bytes > MostBytes)
            return Decision.Refuse(
                AwardAllocationRefusal.OffersTooLong, $"{chosen.Count} offers with their terms take {bytes} bytes, and {MostBytes} can be made at once: name some of the recipients.",
                ("bytes", $"{bytes}"));
        return Decision.Accept(offers);
    }
}
