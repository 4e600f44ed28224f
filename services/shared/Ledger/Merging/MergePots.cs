namespace FundingFlows.Ledger;

/// <summary>Why pots are not merged, in the order in which the rules are checked.</summary>
public enum MergePotsRefusal
{
    /// <summary>The number of lots is not one that a step can take.</summary>
    [Refuses(RefusalClass.Malformed)] StepMalformed = 1,

    /// <summary>This body does not know one of the funds.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>A fund is not merged into itself.</summary>
    [Refuses(RefusalClass.Rule)] SameFund,

    /// <summary>Nothing of the fund is free here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NothingToMerge,

    /// <summary>Terms that the money is under, or was under before, do not name the other fund.</summary>
    [Refuses(RefusalClass.Rule)] NotPermitted,

    /// <summary>The other fund permits none of the kinds or years of the money.</summary>
    [Refuses(RefusalClass.Rule)] NothingInCommon,

    /// <summary>The money would stand under more terms than a lot can remember, or under longer ones than can go back with it.</summary>
    [Refuses(RefusalClass.Rule)] TooManyTerms,

    /// <summary>The other fund begins later, and it is not known yet how much of the years before may be carried forward.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] YearNotClosed,

    /// <summary>With it more would have been relabelled here than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,
}

/// <summary>
/// Merges pots: free money of one fund here goes into another, lot by lot. A step takes so many lots; what is left is taken by
/// the next. What may not go stays. Money that was in the other fund before may always go back there, also what may do nothing but
/// go back to where it came from: that it stays.
/// </summary>
/// <param name="Award">Only money held under this award. Null: any.</param>
public sealed record MergePots(string From, string Into, EntryId? Award, int MostLots) : ICommand
{
    /// <summary>The most lots of a step: so many fit in the most parts that a command has.</summary>
    public const int MostLotsOfAStep = 512;

    public Decision Decide(Books books, Surroundings around)
    {
        if (MostLots is < 1 or > MostLotsOfAStep)
            return Decision.Refuse(
                MergePotsRefusal.StepMalformed, $"A step takes 1 to {MostLotsOfAStep} lots, not {MostLots}.", ("most_lots", $"{MostLots}"));
        if ((books.Funds.Newest(From) is null ? From : books.Funds.Newest(Into) is null ? Into : null) is { } unknown)
            return Decision.Refuse(MergePotsRefusal.FundUnknown, $"{books.Body} does not know a fund {unknown}.", ("fund", unknown));
        if (From == Into)
            return Decision.Refuse(MergePotsRefusal.SameFund, $"{books.Funds.Newest(From)!.Title} cannot be merged into itself.", ("fund", From));
        var prospect = MergeProspect.Of(books, From, Into, Award);
        if (prospect.MayGo.Count == 0)
            return Decision.Refuse(prospect.Why, Sentence(books, prospect), ("from_fund", From), ("into_fund", Into), ("kept_pence", $"{prospect.KeptPence}"));
        var step = prospect.MayGo.Take(MostLots).ToList();
        if (books.Accounts.Total[Account.RelabelledIn] + step.Sum(one => one.AmountPence) > Pence.Most)
            return Decision.Refuse(
                MergePotsRefusal.TotalTooLarge, $"With it more than {Pence.InPounds(Pence.Most)} would have been merged here; accounts hold no more.");
        var merge = new Merge(around.Next, From, Into, Award);
        return Decision.Accept([.. Parts.Cut(step.Select(one => one.Lot.Relabelled(one.To, one.AmountPence, one.Hold)))
            .Select(part => new Fact { PotsMerged = Merged(merge, part) })]);
    }

    internal static PotsMerged Merged(Merge merge, IEnumerable<NewLot> lots) => new()
    {
        FromFund = merge.From,
        IntoFund = merge.Into,
        Award = merge.Award?.ToRef(),
        Lots = { lots },
    };

    private string Sentence(Books books, MergeProspect prospect)
    {
        var (from, into) = (books.Funds.Newest(From)!.Title, books.Funds.Newest(Into)!.Title);
        var kept = Pence.InPounds(prospect.KeptPence);
        return prospect.Why switch
        {
            MergePotsRefusal.NothingToMerge => $"No money of {from} is free here, so there is nothing to merge into {into}.",
            MergePotsRefusal.NotPermitted => $"{kept} of {from} is kept for what it was given for: its terms do not let it be merged into {into}.",
            MergePotsRefusal.NothingInCommon => $"{kept} of {from} cannot be merged into {into}: that permits none of its kinds or none of its years.",
            MergePotsRefusal.YearNotClosed =>
                $"{kept} of {from} may not all be carried forward, and {into} begins later: close the years before for good first, then what may be carried can be merged.",
            _ => $"{kept} of {from} cannot be merged into {into}: it would stand under more terms, or longer ones, than can go back with it.",
        };
    }
}
