using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FundingFlows.Journal;

/// <summary>A C2SP tlog-checkpoint: the size and root of a journal, to be signed by its body.</summary>
/// <param name="Origin">Which journal.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">RFC 6962 root over them: 32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed: three lines.</summary>
    public string Text => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    public string Sign(VerifierKey key, BodyKey signer) => SignedNote.Sign(Text, key, signer);

    /// <summary>
    /// Reads a checkpoint that the key signed for the origin that is its name. Null, and why in a sentence, for any other.
    /// Extension lines are allowed and ignored.
    /// </summary>
    public static Checkpoint? Open(string note, VerifierKey key, out string problem) => Open(note, key.Name, key, out problem);

    /// <summary>The same for an origin whose key may have another name, as those of some logs have.</summary>
    public static Checkpoint? Open(string note, string origin, VerifierKey key, out string problem)
    {
        problem = "";
        if (!SignedNote.TryParse(note, out var signed) || !TryParse(signed.Text, out var checkpoint))
            problem = "the checkpoint cannot be read";
        else if (checkpoint.Origin != origin)
            problem = $"the checkpoint is of {checkpoint.Origin}, not of {origin}";
        else if (!signed.IsSignedBy(key))
            problem = $"the checkpoint is not signed with the key of {key.Name}";
        else
            return checkpoint;
        return null;
    }

    /// <summary>What a note says, whoever signed it: nothing of it is believed yet. Null: it is no checkpoint.</summary>
    public static Checkpoint? Read(string note) =>
        SignedNote.TryParse(note, out var signed) && TryParse(signed.Text, out var checkpoint) ? checkpoint : null;

    /// <summary>How many entries of that journal a note speaks of, whoever signed it. Null: it is no checkpoint of it.</summary>
    public static long? SizeOf(string note, string origin) =>
        Read(note) is { } checkpoint && checkpoint.Origin == origin ? checkpoint.Size : null;

    private static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Any(line => line.Length == 0) || !DecimalSize.TryParse(lines[1], out var size)
            || StrictBase64.Read(lines[2]) is not { Length: MerkleHash.Length } root)
            return false;
        checkpoint = new Checkpoint(lines[0], size, root);
        return true;
    }
}
