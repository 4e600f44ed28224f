namespace FundingFlows.Ledger;

/// <summary>What facts about payments that wait for a second person change in the books.</summary>
internal static class PreparationFacts
{
    /// <param name="first">The first entry of the preparation.</param>
    public static void Apply(Books books, EntryId first, Entry entry)
    {
        var fact = entry.Fact.PaymentPrepared;
        if (books.Preparations.Find(first) is null)
        {
            books.Preparations.Add(new Preparation(first, fact, entry.Actor, entry.RecordedAt));
            books.Payments.Alike.Add(first, fact.Payment);
        }
        books.Holds.Place(first, HoldKind.Preparation, fact.Payment.Pieces);
    }

    public static void Apply(Books books, EntryId at, PaymentRejected fact)
    {
        var preparation = books.Preparations[EntryId.From(fact.Preparation)];
        preparation.DecidedBy = at;
        preparation.Reasons = fact.Reasons;
        books.Payments.Alike.Remove(preparation.Id, preparation.Payment);
        books.Holds.GiveBack(preparation.Id, preparation.Payment.OutOf);
    }

    /// <summary>A payment that was prepared is made, or instructed: what was held for it is free to be drawn.</summary>
    /// <param name="first">The first entry of the payment, or of the instruction.</param>
    public static void Approve(Books books, EntryId first, PaymentMade fact)
    {
        var preparation = books.Preparations[EntryId.From(fact.Preparation)];
        if (preparation.Waits)
        {
            preparation.DecidedBy = first;
            preparation.IsApproved = true;
            books.Payments.Alike.Remove(preparation.Id, preparation.Payment);
        }
        books.Holds.Release(preparation.Id, fact.Pieces);
    }
}
