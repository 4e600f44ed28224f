namespace FundingFlows.Verifier;

/// <summary>A journal of which single entries are proved, from a few of its tiles.</summary>
internal sealed class ProvableJournal
{
    private readonly string note;
    private readonly TileReader tiles;

    private ProvableJournal(IJournalFiles files, string note, Checkpoint checkpoint)
    {
        this.note = note;
        (Name, Checkpoint) = (files.Name, checkpoint);
        tiles = new TileReader(checkpoint.Size, async (path, stop) => await files.ReadAsync(path, stop) ?? throw new InvalidDataException($"{path} is missing."));
    }

    public string Name { get; }

    public Checkpoint Checkpoint { get; }

    /// <summary>Throws <see cref="UnreadableException"/> when there is not one journal with a checkpoint.</summary>
    public static async Task<ProvableJournal> OpenAsync(JournalSources sources, string place, CancellationToken cancellation)
    {
        if (sources.Open([place], save: null) is not [var files])
            throw new UnreadableException($"{place} holds several journals: name one of them.");
        var bytes = await files.ReadAsync(CheckpointCheck.File, cancellation) ?? throw new UnreadableException($"{place} has no checkpoint.");
        if (StrictUtf8.Read(bytes) is not { } note || Checkpoint.Read(note) is not { } checkpoint)
            throw new UnreadableException($"{place} has no checkpoint that can be read.");
        return new ProvableJournal(files, note, checkpoint);
    }

    /// <summary>The proof of an entry, which it holds by its exact bytes. Throws <see cref="UnreadableException"/> when there is no such entry or a file is missing.</summary>
    public async Task<TlogProof> ProveAsync(long index, CancellationToken cancellation)
    {
        if (index < 0 || index >= Checkpoint.Size)
            throw new UnreadableException($"There is no entry {index} in a journal of {Checkpoint.Size}.");
        try
        {
            return new TlogProof(await tiles.EntryAsync(index, cancellation), index, await tiles.InclusionAsync(index, cancellation), note);
        }
        catch (InvalidDataException problem)
        {
            throw new UnreadableException($"Entry {index} cannot be proved: {problem.Message}");
        }
    }
}
