using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FundingFlows.Journal;

/// <summary>What a witness does with a checkpoint that the journal's body has signed.</summary>
public enum WitnessVerdict
{
    /// <summary>The old size is above the checkpoint's: the request contradicts itself.</summary>
    Malformed,

    /// <summary>The request goes on from another size than that of the newest checkpoint that was cosigned.</summary>
    OtherSize,

    /// <summary>The checkpoint does not go on from the newest one that was cosigned, or nothing shows that it does.</summary>
    NotConsistent,

    /// <summary>The journal only grew.</summary>
    Consistent,
}

/// <summary>A request to cosign a checkpoint, as C2SP tlog-witness says: an old size, a consistency proof from it, and the checkpoint as a signed note.</summary>
/// <param name="OldSize">Entries of the newest checkpoint that the witness cosigned, as far as the sender knows.</param>
/// <param name="Proof">Hashes of 32 bytes; at most 63.</param>
/// <param name="Note">The checkpoint with its signatures, of which none is believed yet.</param>
/// <param name="Checkpoint">What the note says.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>The most bytes of a request: 63 hashes and a note of as many signatures as may be have room, also of some kinds that are much longer than ours.</summary>
    public const int MostBytes = 1 << 17;

    private const int MostHashes = 63;
    private const string OldWord = "old ";

    /// <summary>Reads a request; false, and why in a sentence, for anything that is not written exactly as it should be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AddCheckpoint? request, out string problem)
    {
        request = null;
        if (body.Length > MostBytes)
            problem = $"A request has at most {MostBytes} bytes.";
        else if (StrictUtf8.Read(body) is not { } text || text.IndexOf("\n\n", StringComparison.Ordinal) is var end && end < 0)
            problem = "A request is text in UTF-8: lines, an empty line, and a checkpoint.";
        else if (text[..end].Split('\n') is var lines && !TryOldSize(lines[0], out var oldSize))
            problem = "The first line is the word old, a space, and a size without leading zeroes.";
        else if (lines.Length - 1 > MostHashes)
            problem = $"A consistency proof has at most {MostHashes} hashes.";
        else if (lines[1..].Select(HashOf).ToList() is var proof && proof.Exists(hash => hash is null))
            problem = "Each line between the first and the empty one is a hash of 32 bytes in base64.";
        else if (text[(end + 2)..] is var written && (!SignedNote.TryParse(written, out var note) || Checkpoint.Read(written) is not { } checkpoint))
            problem = "Behind the empty line stands a checkpoint as a signed note.";
        else
        {
            problem = "";
            request = new AddCheckpoint(oldSize, [.. proof.OfType<byte[]>()], note, checkpoint);
        }
        return request is not null;
    }

    /// <summary>What is to be done with the checkpoint, when its signature was verified.</summary>
    /// <param name="last">The newest checkpoint of that journal that the witness cosigned. Null: none.</param>
    public WitnessVerdict Judge(Checkpoint? last)
    {
        if (OldSize > Checkpoint.Size)
            return WitnessVerdict.Malformed;
        if (OldSize != (last?.Size ?? 0))
            return WitnessVerdict.OtherSize;
        if (Checkpoint.Size == 0 && !Checkpoint.Root.AsSpan().SequenceEqual(MerkleHash.Empty()))
            return WitnessVerdict.NotConsistent;
        return OldSize == 0 ? Verdict(Proof.Count == 0) : Verdict(ConsistencyProofs.Hold(OldSize, Checkpoint.Size, Proof, last!.Root, Checkpoint.Root));
    }

    /// <summary>The request as it is sent.</summary>
    public static string Write(long oldSize, IEnumerable<byte[]> proof, string note) =>
        $"{OldWord}{oldSize.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{note}";

    private static WitnessVerdict Verdict(bool isConsistent) => isConsistent ? WitnessVerdict.Consistent : WitnessVerdict.NotConsistent;

    private static bool TryOldSize(string line, out long size)
    {
        size = 0;
        return line.StartsWith(OldWord, StringComparison.Ordinal) && DecimalSize.TryParse(line[OldWord.Length..], out size);
    }

    private static byte[]? HashOf(string line) => StrictBase64.Read(line) is { Length: MerkleHash.Length } hash ? hash : null;
}
