namespace FundingFlows.Ledger;

/// <summary>What facts about new epochs of journals change in the books.</summary>
internal static class EpochFacts
{
    /// <summary>How long an RFC 6962 root is.</summary>
    public const int RootBytes = 32;

    public static void Apply(Books books, EpochDeclared fact) => books.Registrations[fact.Body].Declare(fact);

    /// <summary>Throws when the fact cannot stand in this journal: it names no later epoch of it.</summary>
    public static void Apply(Books books, EntryId at, EpochBegun fact)
    {
        if (fact.Epoch <= books.Epoch || fact.KeptRoot.Length != RootBytes || fact.Origin != Names.Origin(books.Federation, books.Body, fact.Epoch))
            throw new InvalidOperationException($"Entry {books.Size} begins epoch {fact.Epoch} as {fact.Origin}, which is no later epoch of {books.Body}.");
        books.Epochs.Begin(fact.Epoch, books.Size);
        books.Deliveries.BeginEpoch();
        books.Standing.BeginEpoch(at with { Epoch = fact.Epoch });
    }
}
