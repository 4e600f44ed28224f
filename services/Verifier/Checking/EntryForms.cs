using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>
/// Reads entries in order: whether each decodes and stands at its index, genesis is first and only there, and commands of several parts are
/// whole. Takes note of what matters to keys.
/// </summary>
internal sealed class EntryForms
{
    private const int MostFaults = 1_000;
    private readonly List<(long Index, string Fault)> faults = [];
    private readonly List<(long Index, Fact Fact)> aboutKeys = [];
    private (uint Part, uint Parts) newest;
    private long next;

    /// <summary>Takes the next entry. Null: it is missing.</summary>
    public void Take(byte[]? bytes)
    {
        var fault = bytes is null ? null : FaultOf(bytes);
        if (bytes is null)
            newest = default;
        if (fault is not null && faults.Count < MostFaults)
            faults.Add((next, $"Entry {next} {fault}."));
        next++;
    }

    /// <summary>The faults of entries that are as they were signed: altered ones are found by their hashes, and say nothing about the next.</summary>
    public IEnumerable<string> Faults(IReadOnlySet<long> altered)
    {
        foreach (var (_, fault) in faults.Where(fault => !altered.Contains(fault.Index) && !altered.Contains(fault.Index - 1)))
            yield return fault;
        if (newest.Part < newest.Parts && !altered.Contains(next - 1))
            yield return $"It ends inside a command: entry {next - 1} is part {newest.Part} of {newest.Parts}.";
    }

    /// <summary>What entries that are as they were signed say of keys.</summary>
    public SaidByEntries Said(IReadOnlySet<long> altered) => SaidByEntries.From([.. aboutKeys.Where(one => !altered.Contains(one.Index))]);

    private string? FaultOf(byte[] bytes)
    {
        Entry entry;
        try
        {
            entry = Entry.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            newest = default;
            return "cannot be read: it is no entry of a journal";
        }
        var before = newest;
        newest = (entry.Part, entry.Parts);
        if (entry.Index != (ulong)next)
            return $"says that it is entry {entry.Index}";
        if (entry.Fact is null || entry.Fact.KindCase == Fact.KindOneofCase.None || NewerRules.Wrote(entry))
            return "says something that this program does not know; a newer version wrote it";
        if ((next == 0) != (entry.Fact.KindCase == Fact.KindOneofCase.Genesis))
            return next == 0 ? "is no genesis" : "is a second genesis";
        if (entry.Fact.Genesis?.FormatVersion > Sequencer.FormatVersion)
            return $"begins a journal of a newer form ({entry.Fact.Genesis.FormatVersion}) than this program knows ({Sequencer.FormatVersion})";
        if (EntryForm.FaultOf(entry) is { } fault)
            return fault;
        Note(entry.Fact);
        var isNextPart = before.Part < before.Parts ? newest == (before.Part + 1, before.Parts) : newest is (0, 0) or (1, >= 1);
        return isNextPart ? null : $"is part {entry.Part} of {entry.Parts}, and stands behind part {before.Part} of {before.Parts}";
    }

    private void Note(Fact fact)
    {
        if (SaidByEntries.Matters(fact))
            aboutKeys.Add((next, fact));
    }
}
