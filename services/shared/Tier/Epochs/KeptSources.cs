namespace FundingFlows.Tiers;

/// <summary>Where the entries that a new epoch keeps are found: in the store, in the journals of earlier epochs. Which of them are right, their root tells.</summary>
public sealed class KeptSources(IJournalStore store, TimeProvider time)
{
    private const int PageSize = 4_096;

    /// <summary>
    /// Makes the journal of a declared epoch in the store. False: nobody has the entries that it keeps. Throws
    /// <see cref="JournalCorruptException"/> and <see cref="StoreException"/> as <see cref="NewEpoch.BeginAsync"/> does.
    /// </summary>
    public async Task<bool> MakeAsync(string body, EpochDeclared declared, CancellationToken cancellation)
    {
        var epoch = new NewEpoch(store, body, new DeclaredEpoch(declared.Epoch, (long)declared.KeptSize, declared.KeptRoot.ToByteArray()), time);
        foreach (var earlier in await store.EpochsAsync(body, cancellation))
            if (earlier < declared.Epoch && await epoch.BeginAsync(Own(new JournalKey(body, earlier)), cancellation))
                return true;
        return false;
    }

    private KeptEntries Own(JournalKey journal) => async (from, cancellation) =>
    {
        try
        {
            return await store.ReadAsync(journal, from, PageSize, cancellation);
        }
        catch (JournalCorruptException)
        {
            // From there on the disk has nothing to offer.
            return [];
        }
    };
}
