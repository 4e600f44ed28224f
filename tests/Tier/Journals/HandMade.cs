using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace FundingFlows.Tiers.Tests;

/// <summary>RFC 6962 and C2SP notes by hand, with nothing of the code under test.</summary>
internal static class HandMade
{
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    /// <summary>The Merkle tree hash of entries (section 2.1).</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> entries) => entries.Length switch
    {
        0 => SHA256.HashData([]),
        1 => Leaf(entries[0]),
        _ => Node(Root(entries[..Left(entries.Length)]), Root(entries[Left(entries.Length)..])),
    };

    /// <summary>The audit path of an entry (section 2.1.1), from the leaf up.</summary>
    public static List<byte[]> Path(int index, ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 1)
            return [];
        var left = Left(entries.Length);
        return index < left
            ? [.. Path(index, entries[..left]), Root(entries[left..])]
            : [.. Path(index - left, entries[left..]), Root(entries[..left])];
    }

    /// <summary>Size and root of a checkpoint that the key signed for the origin. Fails when it did not.</summary>
    public static (int Size, byte[] Root) Open(string note, string origin, byte[] publicKey)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        var text = note[..(end + 1)];
        var lines = text.Split('\n');
        Assert.Equal(origin, lines[0]);
        var signature = note[(end + 2)..].TrimEnd('\n').Split(' ');
        Assert.Equal(["\u2014", origin], signature[..2]);
        var bytes = Convert.FromBase64String(signature[2]);
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(key, Encoding.UTF8.GetBytes(text), bytes.AsSpan(4)));
        return (int.Parse(lines[1], CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]));
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([0x01, .. left, .. right]);

    private static int Left(int size)
    {
        var left = 1;
        while (left * 2 < size)
            left *= 2;
        return left;
    }
}
