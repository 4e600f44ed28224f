using FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Ledger;

/// <summary>Why a run of a formula is not recorded, in the order in which the rules are checked.</summary>
public enum RecordAllocationRefusal
{
    /// <summary>The pot has no proper lines, a share is of no body, or has not one amount for each line.</summary>
    [Refuses(RefusalClass.Malformed)] AllocationMalformed = 1,

    /// <summary>This body does not know the fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>A recipient is there twice.</summary>
    [Refuses(RefusalClass.Rule)] RecipientRepeated,

    /// <summary>A recipient is no body that this one funds under an agreement.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] RecipientUnknown,

    /// <summary>What the recipients get of a line does not add up to it.</summary>
    [Refuses(RefusalClass.Rule)] SharesNotWhole,

    /// <summary>A recipient could not be awarded what it gets: the answer says why.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] ShareNotAwardable,

    /// <summary>There are so many recipients and lines that they do not fit in one operation.</summary>
    [Refuses(RefusalClass.Rule)] AllocationTooLong,
}

/// <summary>This body decides to go by a run of a formula. Nothing is promised by that yet.</summary>
/// <param name="Formula">What the shares were worked out by; the rules of money do not read it.</param>
/// <param name="Shares">What each recipient gets.</param>
public sealed record RecordAllocation(
    string Fund, Formula Formula, IReadOnlyList<Promise> Pot, DocumentDigest Descriptions, DocumentDigest Figures, IReadOnlyList<AllocationShare> Shares) : ICommand
{
    /// <summary>As many as fit in the parts of one operation.</summary>
    public const int MostRecipients = Parts.MostParts * Parts.MostPieces;

    public Decision Decide(Books books, Surroundings around)
    {
        if (!IsWellFormed())
            return Decision.Refuse(
                RecordAllocationRefusal.AllocationMalformed, $"The run cannot be read: name 1 to {MostRecipients} bodies, each with an amount for each of 1 to {FundingAward.MostPromises} lines of the pot.");
        if (books.Funds.Newest(Fund) is not { } terms)
            return Decision.Refuse(RecordAllocationRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        if (Shares.GroupBy(share => share.Recipient).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return Decision.Refuse(RecordAllocationRefusal.RecipientRepeated, $"{twice.Key} is there twice: give it one row.", ("recipient", twice.Key));
        if (Shares.FirstOrDefault(share => books.Agreements.InForce(books.Body, share.Recipient) is null) is { } stranger)
            return Decision.Refuse(
                RecordAllocationRefusal.RecipientUnknown, $"{stranger.Recipient} is no body that {books.Body} funds under an agreement: make one first, or leave it out.",
                ("recipient", stranger.Recipient));
        return CheckShares(books, around) ?? Record(terms);
    }

    private Decision? CheckShares(Books books, Surroundings around)
    {
        for (var i = 0; i < Pot.Count; i++)
            if (Shares.Aggregate(Int128.Zero, (sum, share) => sum + share.AmountPence[i]) is var sum && sum != Pot[i].AmountPence)
                return Decision.Refuse(
                    RecordAllocationRefusal.SharesNotWhole, $"Line {i + 1} of the pot is {Pence.InPounds(Pot[i].AmountPence)}, and what the recipients get of it does not add up to that.",
                    ("line", $"{i + 1}"));
        foreach (var share in Shares)
            if (RecordedAllocation.PromisesOf(Pot, share.AmountPence) is { Count: > 0 } promises
                && new OfferAward(share.Recipient, Fund, promises) { Allocation = around.Next }.Decide(books, around).Refusal is { } refusal)
                return Decision.Refuse(
                    RecordAllocationRefusal.ShareNotAwardable, $"{share.Recipient} could not be awarded what it gets. {refusal.Sentence}",
                    ("recipient", share.Recipient), ("reason", refusal.Reason));
        return null;
    }

    private Decision Record(FundTerms terms)
    {
        var header = new AllocationRecorded
        {
            Fund = Fund,
            TermsVersion = terms.Version,
            Formula = Formula,
            Pot = { Pot.Select(line => new AwardPromise(line).AsPromise()) },
            Descriptions = Descriptions,
            Figures = Figures,
            Arithmetic = RecordedAllocation.NewestArithmetic,
            Recipients = (uint)Shares.Count,
        };
        var parts = Parts.Cut(Shares.OrderBy(share => share.Recipient, StringComparer.Ordinal), header.CalculateSize());
        if (parts.Count > Parts.MostParts || header.CalculateSize() > Parts.MostBytes)
            return Decision.Refuse(
                RecordAllocationRefusal.AllocationTooLong, $"{Shares.Count} recipients of {Pot.Count} lines do not fit in {Parts.MostParts} entries: record fewer years or recipients at once.",
                ("recipients", $"{Shares.Count}"), ("lines", $"{Pot.Count}"));
        header.Shares.Add(parts[0]);
        return Decision.Accept([new Fact { AllocationRecorded = header }, .. parts.Skip(1).Select(part => new Fact { AllocationRecorded = new AllocationRecorded { Shares = { part } } })]);
    }

    private bool IsWellFormed() =>
        FundingAward.AreWellFormed(Pot) && Shares.Count is >= 1 and <= MostRecipients
        && Shares.All(share => Names.IsBody(share.Recipient) && share.AmountPence.Count == Pot.Count && share.AmountPence.All(pence => pence is >= 0 and <= Pence.Most));
}
