using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>A C2SP signed note: text that ends in a newline, an empty line, and a line for each signature.</summary>
/// <param name="Text">What is signed, with its last newline.</param>
/// <param name="Signatures">Signer, key id and signature of each line.</param>
public sealed record SignedNote(string Text, IReadOnlyList<(string Name, uint KeyId, byte[] Signature)> Signatures)
{
    private const string Dash = "\u2014 ";
    private const int MostSignatures = 100;

    /// <summary>Signs a text as the key's name.</summary>
    public static string Sign(string text, VerifierKey key, BodyKey signer) =>
        $"{text}\n{LineOf(key.Name, key.KeyId, signer.Sign(Encoding.UTF8.GetBytes(text)))}";

    /// <summary>Reads a note; false for anything malformed.</summary>
    public static bool TryParse(string note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n') || !IsUnicode(note))
            return false;
        var signatures = new List<(string, uint, byte[])>();
        foreach (var line in note[(split + 2)..^1].Split('\n'))
        {
            if (signatures.Count == MostSignatures || !TryParseLine(line, out var signature))
                return false;
            signatures.Add(signature);
        }
        parsed = new SignedNote(note[..(split + 1)], signatures);
        return true;
    }

    /// <summary>
    /// Whether the key signed it. Signatures of other keys say nothing; one with the key's name and id that does not verify
    /// makes the note false.
    /// </summary>
    public bool IsSignedBy(VerifierKey key)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var own = Signatures.Where(line => line.Name == key.Name && line.KeyId == key.KeyId).ToList();
        return own.Count > 0 && own.All(line => BodyKey.Verify(key.PublicKey, text, line.Signature));
    }

    /// <summary>The same note with the signatures of that key alone: what others add to a note is theirs, and without end.</summary>
    public string Only(VerifierKey key) => $"{Text}\n{LinesOf(key.Name, key.KeyId)}";

    /// <summary>The signature lines of one key, as they stand in a note. Empty: there are none.</summary>
    public string LinesOf(string name, uint keyId) => string.Concat(Signatures
        .Where(line => line.Name == name && line.KeyId == keyId)
        .Select(line => LineOf(line.Name, line.KeyId, line.Signature)));

    internal static string LineOf(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        var all = new byte[4 + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(all, keyId);
        signature.CopyTo(all.AsSpan(4));
        return $"{Dash}{name} {Convert.ToBase64String(all)}\n";
    }

    /// <summary>Whether no character is half of a pair: such a text would be signed as another.</summary>
    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static bool TryParseLine(string line, out (string Name, uint KeyId, byte[] Signature) signature)
    {
        signature = default;
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var base64]
            || !VerifierKey.IsName(name))
            return false;
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length < 5 || Convert.ToBase64String(bytes, 0, length) != base64)
            return false;
        signature = (name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]);
        return true;
    }
}
