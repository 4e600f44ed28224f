namespace FundingFlows.Simulation;

/// <summary>What the witnesses of an instance remember. Durable when a method returns, like the file that it stands for.</summary>
internal sealed class VirtualNotes : IWitnessStore
{
    private readonly Dictionary<(string Witness, string Origin), (long Size, string Note)> cosigned = [];
    private readonly Dictionary<string, (long Size, string Note)> verified = [];
    private readonly Dictionary<JournalKey, Quarantine> quarantined = [];

    public IEnumerable<Quarantine> Quarantined => quarantined.Values;

    public VirtualNotes Copy()
    {
        var copy = new VirtualNotes();
        foreach (var (key, value) in cosigned)
            copy.cosigned.Add(key, value);
        foreach (var (key, value) in verified)
            copy.verified.Add(key, value);
        foreach (var (key, value) in quarantined)
            copy.quarantined.Add(key, value);
        return copy;
    }

    public bool TryAdvance(string witness, string origin, long oldSize, long size, string note)
    {
        if (cosigned.GetValueOrDefault((witness, origin)).Size != oldSize)
            return false;
        cosigned[(witness, origin)] = (size, note);
        return true;
    }

    public string? Cosigned(string witness, string origin) => cosigned.TryGetValue((witness, origin), out var one) ? one.Note : null;

    public string? CosignedByHash(string witness, string hash) =>
        cosigned.Where(one => one.Key.Witness == witness && WitnessStore.HashOf(one.Key.Origin) == hash).Select(one => one.Value.Note).FirstOrDefault();

    public void KeepVerified(IEnumerable<(string Origin, long Size, string Note)> notes)
    {
        foreach (var (origin, size, note) in notes)
            if (!verified.TryGetValue(origin, out var before) || size > before.Size)
                verified[origin] = (size, note);
    }

    public string? Verified(string origin) => verified.TryGetValue(origin, out var one) ? one.Note : null;

    public string? Newest(string origin)
    {
        (long Size, string? Note) newest = verified.TryGetValue(origin, out var known) ? known : (-1, null);
        foreach (var ((_, of), value) in cosigned)
            if (of == origin && value.Size >= newest.Size)
                newest = value;
        return newest.Note;
    }

    public void Remember(Quarantine quarantine)
    {
        if (!quarantined.TryGetValue(quarantine.Journal, out var before) || (before.Evidence is null && quarantine.Evidence is not null))
            quarantined[quarantine.Journal] = quarantine;
    }

    public Quarantine? Find(JournalKey journal) => quarantined.GetValueOrDefault(journal);

    public IReadOnlyList<Quarantine> Quarantines(string body) => [.. quarantined.Values.Where(one => one.Journal.Body == body).OrderBy(one => one.Journal.Epoch)];
}
