namespace FundingFlows.Journal;

/// <summary>
/// What an instance remembers of other journals, outside any journal: for each of its witnesses the newest note of each journal
/// that it cosigned, the newest note that an auditor verified, and which journals are quarantined. What it was told is durable when
/// a method returns. All methods throw <see cref="StoreException"/>.
/// </summary>
public interface IWitnessStore
{
    /// <summary>
    /// Keeps a note that a witness is about to give away, if the newest that it gave of that journal is still of
    /// <paramref name="oldSize"/> entries (0 also: it never gave one). False: it is not, and nothing is changed.
    /// </summary>
    /// <param name="witness">The witness's name: each of an instance remembers for itself.</param>
    /// <param name="origin">Which journal.</param>
    /// <param name="note">The checkpoint with the journal's signature and the cosignature.</param>
    bool TryAdvance(string witness, string origin, long oldSize, long size, string note);

    /// <summary>The newest note of a journal that a witness cosigned. Null: none.</summary>
    string? Cosigned(string witness, string origin);

    /// <summary>The same by what stands for the origin in addresses: its SHA-256 in small hexadecimal letters.</summary>
    string? CosignedByHash(string witness, string hash);

    /// <summary>
    /// Keeps notes that were verified against the entries themselves, each as the newest of its journal: all of them in one go. One
    /// that is of fewer entries than what is kept changes nothing.
    /// </summary>
    void KeepVerified(IEnumerable<(string Origin, long Size, string Note)> notes);

    /// <summary>The newest note of a journal that was verified against its entries. Null: none.</summary>
    string? Verified(string origin);

    /// <summary>The newest note of a journal that any witness of this instance cosigned, or that was verified. Null: none.</summary>
    string? Newest(string origin);

    /// <summary>
    /// Remembers that a journal is not believed. What was remembered first stands; evidence that comes later is added to it, with
    /// the reason that it shows.
    /// </summary>
    void Remember(Quarantine quarantine);

    /// <summary>Whether and why a journal is not believed. Null: nothing is known against it.</summary>
    Quarantine? Find(JournalKey journal);

    /// <summary>The quarantined journals of a body, oldest epoch first.</summary>
    IReadOnlyList<Quarantine> Quarantines(string body);
}
