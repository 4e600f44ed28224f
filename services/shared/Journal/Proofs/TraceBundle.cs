using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FundingFlows.Journal;

/// <summary>
/// The way of a payment from its sources, as a file that alone is enough to check it: every entry on the way and every entry that says whose keys
/// signed the journals, each with its proof. It is JSON: <c>{"format": ..., "payment": ..., "entries": [{"entry": ..., "proof": ...}]}</c>.
/// </summary>
/// <param name="Payment">The payment, <c>body.epoch.index</c>.</param>
/// <param name="Entries">Each once, in any order.</param>
public sealed record TraceBundle(string Payment, IReadOnlyList<ProvedEntry> Entries)
{
    /// <summary>What the file says that it is.</summary>
    public const string Format = "fundingflows-trace/v1";

    /// <summary>The most entries that one may hold.</summary>
    public const int MostEntries = 4_096;

    /// <summary>Reads a bundle; false for anything that is not written as it should be. Whether it holds is another question.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out TraceBundle? bundle)
    {
        bundle = null;
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (Fields(document.RootElement, 3) is { } file && Text(file, "format") == Format && Text(file, "payment") is { } payment
                && file.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() <= MostEntries)
            {
                var proved = entries.EnumerateArray().Select(Read).ToList();
                if (!proved.Contains(null))
                    bundle = new TraceBundle(payment, proved!);
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is not UTF-8.
        }
        return bundle is not null;
    }

    private static ProvedEntry? Read(JsonElement element) =>
        Fields(element, 2) is { } one && Text(one, "entry") is { } entry && Text(one, "proof") is { } text && TlogProof.TryParse(text, out var proof) && proof.Extra is not null
            ? new ProvedEntry(entry, proof) : null;

    private static JsonElement? Fields(JsonElement element, int count) =>
        element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() == count ? element : null;

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>An entry, <c>body.epoch.index</c>, and the proof that it is in that journal; the proof holds its exact bytes.</summary>
public sealed record ProvedEntry(string Entry, TlogProof Proof)
{
    public byte[] Bytes => Proof.Extra!;
}
