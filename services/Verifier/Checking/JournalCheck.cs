namespace FundingFlows.Verifier;

/// <summary>
/// Checks one journal from its files against the root that its checkpoint names. Entries are read once, a file at a time: what stays in memory is
/// their hashes, 64 bytes for each. Who signed the checkpoint is another question (<see cref="KeyChain"/>).
/// </summary>
/// <param name="sizes">Of how many entries other places say that they have of the same journal.</param>
internal sealed class JournalCheck(IJournalFiles files, CheckedJournal journal, IEnumerable<long> sizes)
{
    private readonly MerkleTree entries = new();
    private readonly EntryForms forms = new();
    private readonly Dictionary<long, string> damaged = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            if (journal.IsToBeRead)
                await CheckAsync(journal.Checkpoint!, cancellation);
        }
        catch (UnreadableException problem)
        {
            journal.CannotTell(problem.Message);
        }
    }

    private async Task CheckAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        for (var tile = 0L; entries.Size < checkpoint.Size; tile++)
        {
            var path = TilePath.Of(null, tile, checkpoint.Size)!.Value;
            if (await files.ReadAsync(path.ToString(), cancellation) is { } bundle)
                Take(path, bundle);
            else if (await files.ReadAsync((path with { Level = 0 }).ToString(), cancellation) is not null)
                Take(path, []);
            else
            {
                await EndsEarlyAsync(checkpoint, path, cancellation);
                return;
            }
        }
        var tiles = new TileCheck(entries, checkpoint, files, damaged, journal);
        await tiles.RunAsync(cancellation);
        foreach (var wrong in forms.Faults(tiles.Altered))
            journal.Find(wrong);
        journal.Said = forms.Said(tiles.Altered);
        foreach (var size in sizes.Where(size => size <= checkpoint.Size))
            journal.Roots[size] = entries.Root(size);
        if (journal.Said.FaultOfNames is { } fault)
            journal.Find(fault);
        CheckEpochs(tiles.Altered);
        if (journal.Said.Genesis is { } genesis && journal.Said.Origin != checkpoint.Origin)
            journal.Find(journal.Said.Begun.Count == 0
                ? $"The genesis is that of {genesis.Origin}, and the checkpoint of {checkpoint.Origin}."
                : $"Entry {journal.Said.Begun[^1].Index} begins {journal.Said.Origin}, and the checkpoint is of {checkpoint.Origin}.");
    }

    /// <summary>An epoch that the journal begins is a later one of the same body, and names the root of what stands before it.</summary>
    private void CheckEpochs(IReadOnlySet<long> altered)
    {
        if (journal.Said.Genesis is not { } genesis)
            return;
        var last = genesis.Epoch;
        foreach (var (index, begun) in journal.Said.Begun)
        {
            if (begun.Epoch <= last || begun.Origin != Names.Origin(genesis.Federation, genesis.Body, begun.Epoch))
                journal.Find($"Entry {index} begins epoch {begun.Epoch} as {begun.Origin}: that is no later epoch of {genesis.Body} than {last}.");
            else if (!altered.Any(entry => entry < index) && !begun.KeptRoot.Span.SequenceEqual(entries.Root(index)))
                journal.Find($"Entry {index} begins epoch {begun.Epoch} behind other entries than those that stand before it: the root that it names is not theirs.");
            last = Math.Max(last, begun.Epoch);
        }
    }

    /// <summary>Takes the entries of a file. Those that it should have and has not count as empty hashes, which no entry has.</summary>
    private void Take(TilePath path, byte[] bundle)
    {
        var read = EntryBundle.ReadBeginning(bundle, out var isWhole);
        if (bundle.Length == 0)
            damaged.Add(path.Index, $"{path} is missing or empty");
        else if (!isWhole || read.Count != path.Width)
            damaged.Add(path.Index, $"{path} holds {read.Count} entries{(isWhole ? "" : " and a part of one")} where {path.Width} belong");
        for (var i = 0; i < path.Width; i++)
        {
            var entry = i < read.Count ? read[i] : null;
            forms.Take(entry);
            if (entry is null)
                entries.Append(new byte[MerkleHash.Length]);
            else
                entries.AppendEntry(entry);
        }
    }

    /// <summary>Neither entries nor their hashes are there: either files are missing, or the checkpoint speaks of another size than was signed.</summary>
    private async Task EndsEarlyAsync(Checkpoint checkpoint, TilePath path, CancellationToken cancellation)
    {
        var first = entries.Size;
        journal.Find($"{path} and {path with { Level = 0 }} are missing: entries {first} to {checkpoint.Size - 1}, of which {CheckpointCheck.File} speaks, are not there.");
        if (first == 0 && await files.ReadBeginningAsync(cancellation) is { } beginning)
            foreach (var entry in EntryBundle.ReadBeginning(beginning, out _).Take(1))
                forms.Take(entry);
        journal.Said = forms.Said(new HashSet<long>());
    }
}
