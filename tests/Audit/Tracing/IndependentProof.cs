using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using NSec.Cryptography;

namespace FundingFlows.Audit.Tests;

/// <summary>
/// Checks a proof as a stranger would: with the entry's bytes and the key from the body's own journal, RFC 6962, C2SP notes
/// and Ed25519, and with nothing of the code under test.
/// </summary>
internal static class IndependentProof
{
    /// <summary>The RFC 6962 root that a leaf and its audit path (section 2.1.1) lead to.</summary>
    public static byte[] Root(byte[] entry, ulong index, ulong size, IEnumerable<ByteString> path)
    {
        var siblings = new Stack<ByteString>(path);
        var root = Climb(SHA256.HashData([0x00, .. entry]), index, size, siblings);
        Assert.Empty(siblings);
        return root;
    }

    /// <summary>Size and root of a checkpoint that the key signed for the origin. Fails when it did not.</summary>
    public static (ulong Size, byte[] Root) Open(string note, string origin, byte[] publicKey)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        var text = note[..(end + 1)];
        var lines = text.Split('\n');
        Assert.Equal(origin, lines[0]);
        var signature = note[(end + 2)..].TrimEnd('\n').Split(' ');
        Assert.Equal(["\u2014", origin], signature[..2]);
        var bytes = Convert.FromBase64String(signature[2]);
        Assert.Equal(SHA256.HashData([.. Encoding.UTF8.GetBytes(origin), (byte)'\n', 0x01, .. publicKey])[..4], bytes[..4]);
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(key, Encoding.UTF8.GetBytes(text), bytes.AsSpan(4)));
        return (ulong.Parse(lines[1], CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]));
    }

    private static byte[] Climb(byte[] leaf, ulong index, ulong size, Stack<ByteString> siblings)
    {
        if (size == 1)
            return leaf;
        var left = 1UL;
        while (left * 2 < size)
            left *= 2;
        var sibling = siblings.Pop().ToByteArray();
        return index < left
            ? SHA256.HashData([0x01, .. Climb(leaf, index, left, siblings), .. sibling])
            : SHA256.HashData([0x01, .. sibling, .. Climb(leaf, index - left, size - left, siblings)]);
    }
}
