using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>
/// A C2SP tlog-proof: a file that alone shows that an entry is in a journal. It holds the entry's index, its inclusion proof and a signed checkpoint; here
/// the extra data is the entry itself, by its exact bytes.
/// </summary>
/// <param name="Extra">Extra data, which nothing but the proof makes trustworthy. Null: there is none.</param>
/// <param name="Index">The entry's index.</param>
/// <param name="Path">The inclusion proof: hashes of 32 bytes, from the leaf up.</param>
/// <param name="Note">The checkpoint as a signed note.</param>
public sealed record TlogProof(byte[]? Extra, long Index, IReadOnlyList<byte[]> Path, string Note)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    /// <summary>A journal has less than 2^63 entries.</summary>
    private const int MostHashes = 63;

    /// <summary>Reads a proof; false for anything that is not written exactly as it should be. Whether it holds is another question.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var (lines, note, next) = (text[..end].Split('\n'), text[(end + 2)..], 1);
        byte[]? extra = null;
        if (lines[0] != Header || lines.Length < 2)
            return false;
        if (lines[next].StartsWith(ExtraWord, StringComparison.Ordinal) && (extra = StrictBase64.Read(lines[next++][ExtraWord.Length..])) is not { Length: > 0 })
            return false;
        if (next == lines.Length || !lines[next].StartsWith(IndexWord, StringComparison.Ordinal) || !DecimalSize.TryParse(lines[next++][IndexWord.Length..], out var index))
            return false;
        var path = lines[next..].Select(StrictBase64.Read).ToList();
        if (path.Count > MostHashes || path.Exists(hash => hash?.Length != MerkleHash.Length) || Checkpoint.Read(note) is null)
            return false;
        proof = new TlogProof(extra, index, [.. path.OfType<byte[]>()], note);
        return true;
    }

    /// <summary>Why the proof does not show that the leaf is in the journal of which that is the key, in a sentence. Null: it does.</summary>
    public string? FaultOf(ReadOnlySpan<byte> leafHash, VerifierKey key) => FaultOf(leafHash, key.Name, key);

    /// <summary>The same of a log with that origin, whose key may have another name.</summary>
    public string? FaultOf(ReadOnlySpan<byte> leafHash, string origin, VerifierKey key)
    {
        if (Checkpoint.Open(Note, origin, key, out var problem) is not { } checkpoint)
            return $"It does not hold: {problem}.";
        if (Index >= checkpoint.Size)
            return $"It does not hold: there is no entry {Index} in a journal of {checkpoint.Size}.";
        return InclusionProofs.Holds(leafHash, Index, checkpoint.Size, Path, checkpoint.Root) ? null
            : $"It does not hold: its hashes do not lead from entry {Index} to the root of the checkpoint.";
    }

    /// <summary>The file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null)
            text.Append(ExtraWord).Append(Convert.ToBase64String(Extra)).Append('\n');
        text.Append(IndexWord).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Path)
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Note).ToString();
    }
}
