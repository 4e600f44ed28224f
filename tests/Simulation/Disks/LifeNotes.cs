namespace FundingFlows.Simulation;

/// <summary>
/// The notes on an instance's disk as one life of the instance writes them. A machine may fail at a write: then what was to be remembered is not on the
/// disk, or it is and nobody was told. A process that has ended writes nothing.
/// </summary>
internal sealed class LifeNotes(Life life, VirtualNotes notes) : IWitnessStore
{
    public bool TryAdvance(string witness, string origin, long oldSize, long size, string note) => Write(() => notes.TryAdvance(witness, origin, oldSize, size, note));

    public string? Cosigned(string witness, string origin) => notes.Cosigned(witness, origin);

    public string? CosignedByHash(string witness, string hash) => notes.CosignedByHash(witness, hash);

    public void KeepVerified(IEnumerable<(string Origin, long Size, string Note)> verified) => Write(() =>
    {
        notes.KeepVerified(verified);
        return true;
    });

    public string? Verified(string origin) => notes.Verified(origin);

    public string? Newest(string origin) => notes.Newest(origin);

    public void Remember(Quarantine quarantine) => Write(() =>
    {
        notes.Remember(quarantine);
        return true;
    });

    public Quarantine? Find(JournalKey journal) => notes.Find(journal);

    public IReadOnlyList<Quarantine> Quarantines(string body) => notes.Quarantines(body);

    private T Write<T>(Func<T> write)
    {
        life.Town.Scheduler.Check();
        ThrowIfEnded();
        if (!life.Town.Weather.FailsAtANote(life))
            return write();
        if (life.Town.Weather.Survives())
        {
            life.Town.Struck.Count(Strike.NotesKeptInCrashes);
            write();
        }
        else
            life.Town.Struck.Count(Strike.NotesLostInCrashes);
        life.Town.Fail(life.Place);
        ThrowIfEnded();
        throw new InvalidOperationException("A machine that fails ends its life.");
    }

    private void ThrowIfEnded()
    {
        if (!life.IsAlive)
            throw new StoreException(StoreFault.Failed, "The process has ended.");
    }
}
