namespace FundingFlows.Ledger;

/// <summary>Why a succession is not ordered, in the order in which the rules are checked.</summary>
public enum OrderSuccessionRefusal
{
    /// <summary>There are no successors or too many, one has no proper id, or a share is below 1 or above 10,000.</summary>
    [Refuses(RefusalClass.Malformed)] SuccessorsMalformed = 1,

    /// <summary>The vesting day lies outside the financial years.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed,

    /// <summary>This body has not registered the predecessor.</summary>
    [Refuses(RefusalClass.Missing)] BodyUnknown,

    /// <summary>The predecessor was closed.</summary>
    [Refuses(RefusalClass.Rule)] BodyClosed,

    /// <summary>Others were ordered to stand in its place already.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyOrdered,

    /// <summary>The predecessor is itself taking over from another, which has not ended.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] StillTakingOver,

    /// <summary>The predecessor is among its own successors.</summary>
    [Refuses(RefusalClass.Rule)] SuccessorIsItself,

    /// <summary>A successor is named twice.</summary>
    [Refuses(RefusalClass.Rule)] SuccessorRepeated,

    /// <summary>This body has not registered a successor.</summary>
    [Refuses(RefusalClass.Missing)] SuccessorUnknown,

    /// <summary>A successor was closed, or is abolished itself.</summary>
    [Refuses(RefusalClass.Rule)] SuccessorEnded,

    /// <summary>A successor is of another tier.</summary>
    [Refuses(RefusalClass.Rule)] SuccessorOfAnotherTier,

    /// <summary>The shares do not add up to the whole.</summary>
    [Refuses(RefusalClass.Rule)] SharesNotWhole,
}

/// <summary>This body orders that the books of one that it registered go to others that it registered.</summary>
public sealed record OrderSuccession(string Predecessor, IReadOnlyList<Successor> Successors, DateOnly VestingDay) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Successors.Count is 0 or > Succession.MostSuccessors
            || !Successors.All(successor => Names.IsBody(successor.Body) && successor.BasisPoints is >= 1 and <= Succession.WholeInBasisPoints))
            return Decision.Refuse(
                OrderSuccessionRefusal.SuccessorsMalformed, $"A body has 1 to {Succession.MostSuccessors} successors, each with a share of 1 to {Succession.WholeInBasisPoints} hundredths of a per cent.");
        if (!Dates.IsDay(VestingDay))
            return Decision.Refuse(
                OrderSuccessionRefusal.DayMalformed, $"The vesting day must lie in a financial year from {Years.InWords(Years.Earliest)} to {Years.InWords(Years.Latest)}.");
        if (books.Registrations.GetValueOrDefault(Predecessor) is not { } registrant)
            return Decision.Refuse(OrderSuccessionRefusal.BodyUnknown, $"{books.Body} has not registered {Predecessor}.", ("body", Predecessor));
        if (registrant.IsClosed)
            return Decision.Refuse(OrderSuccessionRefusal.BodyClosed, $"{Predecessor} was closed, so nobody can take over from it.", ("body", Predecessor));
        if (registrant.Succession is { } before)
            return Decision.Refuse(OrderSuccessionRefusal.AlreadyOrdered, $"{before.InWords} were ordered to take over from {Predecessor} already.", ("body", Predecessor));
        // It would be sealed while more is on the way to it, and could hand none of that on.
        if (books.StillSucceeded(Predecessor) is { } taken)
            return Decision.Refuse(
                OrderSuccessionRefusal.StillTakingOver, $"{Predecessor} is still taking over from {taken.Registration.Body}: it can be abolished once that has ended.", ("body", taken.Registration.Body));
        return CheckSuccessors(books, registrant) ?? Decision.Accept(new Fact
        {
            SuccessionOrdered = new SuccessionOrdered
            {
                To = books.Deliveries.Address(Predecessor),
                Terms = new SuccessionTerms { Predecessor = Predecessor, Successors = { Successors }, VestingDay = VestingDay.ToDate() },
            },
        });
    }

    private Decision? CheckSuccessors(Books books, Registrant registrant)
    {
        if (Successors.Any(successor => successor.Body == Predecessor))
            return Decision.Refuse(OrderSuccessionRefusal.SuccessorIsItself, $"{Predecessor} cannot take over from itself.", ("body", Predecessor));
        if (Successors.GroupBy(successor => successor.Body).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return Decision.Refuse(OrderSuccessionRefusal.SuccessorRepeated, $"{twice.Key} is named twice: give it one share.", ("body", twice.Key));
        if (Successors.FirstOrDefault(successor => !books.Registrations.ContainsKey(successor.Body)) is { } unknown)
            return Decision.Refuse(OrderSuccessionRefusal.SuccessorUnknown, $"{books.Body} has not registered {unknown.Body}.", ("body", unknown.Body));
        if (Successors.FirstOrDefault(successor => books.Registrations[successor.Body] is { IsClosed: true } or { Succession: not null }) is { } ended)
            return Decision.Refuse(OrderSuccessionRefusal.SuccessorEnded, $"{ended.Body} was closed or is abolished itself, so it can take over nothing.", ("body", ended.Body));
        if (Successors.FirstOrDefault(successor => books.Registrations[successor.Body].Registration.Tier != registrant.Registration.Tier) is { } other)
            return Decision.Refuse(OrderSuccessionRefusal.SuccessorOfAnotherTier, $"{other.Body} is of another tier than {Predecessor}, so it cannot stand in its place.", ("body", other.Body));
        var sum = Successors.Sum(successor => (long)successor.BasisPoints);
        return sum == Succession.WholeInBasisPoints ? null : Decision.Refuse(
            OrderSuccessionRefusal.SharesNotWhole, FormattableString.Invariant($"The shares add up to {sum / 100m:0.##} %; they must add up to 100 %."), ("basis_points", $"{sum}"));
    }
}
