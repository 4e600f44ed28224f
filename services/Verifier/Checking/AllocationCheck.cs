using System.Security.Cryptography;
using System.Text;
using FundingFlows.Allocations;
using FundingFlows.Contracts.Allocation.V1;
using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>Works a run out again by what its journal says and its published tables, and compares each recipient's pence.</summary>
/// <param name="origin">That of the journal.</param>
/// <param name="parts">The entries of the journal that record it, each proved.</param>
internal sealed class AllocationCheck(EntryId run, string origin, IReadOnlyList<Entry> parts)
{
    private const int MostFindings = 100;
    private readonly List<string> findings = [];

    public IReadOnlyList<string> Findings => findings.Count <= MostFindings ? findings : [.. findings.Take(MostFindings), $"So it is of {findings.Count - MostFindings} more."];

    /// <summary>What was worked out. Null: it is not what was recorded.</summary>
    public AllocationResult? Result { get; private set; }

    /// <summary>What the first of its entries says. Throws <see cref="UnreadableException"/>: it records no run.</summary>
    public AllocationRecorded Recorded =>
        parts[0].Fact.AllocationRecorded is { Formula: not null, Descriptions: not null, Figures: not null } recorded && IsWhole && origin.Split('/') is [_, var body, _] && body == run.Body
            ? recorded
            : throw new UnreadableException($"Entry {run.Index} of {origin} is not the one that records the run {run}.");

    /// <summary>Entries that were recorded together are numbered from 1; one by itself has no number.</summary>
    private bool IsWhole => parts.Count == 1 ? parts[0].Part == 0 : parts.Index().All(one => one.Item.Part == one.Index + 1 && one.Item.Parts == parts.Count);

    public void Run(GetAllocationInputsResponse inputs)
    {
        if (Recorded.Arithmetic != Ledger.RecordedAllocation.NewestArithmetic)
            throw new UnreadableException($"{run} was worked out by version {Recorded.Arithmetic} of the arithmetic, which this program does not know.");
        var tables = inputs.Indicators ?? new IndicatorTables();
        Compare("indicators", Recorded.Descriptions, inputs.DescriptionsSalt, tables.DescriptionsCsv);
        Compare("figures", Recorded.Figures, inputs.FiguresSalt, tables.FiguresCsv);
        if (findings.Count > 0)
            return;
        var formula = new WrittenFormula((field, fault) => findings.Add($"It cannot be worked out: {field} {fault}")).Read("formula", Recorded.Formula);
        if (Value(CsvIndicators.Read(new CsvText("indicators", tables.DescriptionsCsv), new CsvText("figures", tables.FiguresCsv))) is { } table
            && findings.Count == 0 && Value(Allocations.Run.Of(new RunInputs(formula, RecordedShares.Read(Recorded.Pot), table))) is { } result)
            Compare(result);
    }

    private void Compare(string what, DocumentDigest recorded, ByteString salt, string words)
    {
        if (!SHA256.HashData([.. salt.Span, .. Encoding.UTF8.GetBytes(words)]).AsSpan().SequenceEqual(recorded.Sha256.Span))
            findings.Add($"The table of {what} is not the one from which {run} was worked out: its hash is another than {origin} names.");
    }

    private void Compare(AllocationResult result)
    {
        var recorded = parts.SelectMany(part => part.Fact.AllocationRecorded?.Shares ?? []).ToList();
        var worked = RecordedShares.Of(result);
        foreach (var twice in recorded.GroupBy(share => share.Recipient).Where(shares => shares.Skip(1).Any()))
            findings.Add($"{twice.Key} stands in {run} twice.");
        var byRecipient = recorded.DistinctBy(share => share.Recipient).ToDictionary(share => share.Recipient);
        foreach (var share in worked)
            if (!byRecipient.Remove(share.Recipient, out var said))
                findings.Add($"{share.Recipient} gets {InPounds(share)} by the formula, and {run} does not have it.");
            else if (!said.AmountPence.SequenceEqual(share.AmountPence))
                findings.Add($"{share.Recipient} gets {InPounds(share)} by the formula, and {run} gives it {InPounds(said)}.");
        findings.AddRange(byRecipient.Values.Select(said => $"{run} gives {said.Recipient} {InPounds(said)}, and it is not in the table of figures."));
        Result = findings.Count == 0 ? result : null;
    }

    /// <summary>Line by line: two lines may differ of which the sums are equal, and what a stranger wrote may have no sum.</summary>
    private static string InPounds(AllocationShare share) => string.Join(" + ", share.AmountPence.Select(Pence.InPounds));

    private T? Value<T>(Outcome<T> outcome)
        where T : class
    {
        findings.AddRange(outcome.Faults.Select(fault => $"It cannot be worked out: {fault.Sentence}"));
        return outcome.IsRefused ? null : outcome.Value;
    }
}
