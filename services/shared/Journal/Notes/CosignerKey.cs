using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>
/// An Ed25519 key that verifies cosignatures, written as a C2SP vkey of type 0x04. It is no <see cref="VerifierKey"/>: what a cosigner signs is another text
/// with a time in it, and one must never pass for the other.
/// </summary>
public sealed record CosignerKey
{
    private const byte Ed25519Cosignature = 0x04;

    private CosignerKey(string name, byte[] publicKey)
    {
        Name = name;
        PublicKey = publicKey;
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Cosignature, .. publicKey]));
    }

    /// <summary>The cosigner's name.</summary>
    public string Name { get; }

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The first four bytes of SHA-256 over name, newline, 0x04 and public key.</summary>
    public uint KeyId { get; }

    /// <summary>Throws when the name is empty or holds a space or plus, or the key is not 32 bytes.</summary>
    public static CosignerKey Of(string name, byte[] publicKey)
    {
        if (!VerifierKey.IsName(name) || name.Any(char.IsControl))
            throw new ArgumentException("A key's name is not empty and holds no space and no plus.", nameof(name));
        if (publicKey.Length != 32)
            throw new ArgumentException("An Ed25519 public key is 32 bytes.", nameof(publicKey));
        return new CosignerKey(name, publicKey);
    }

    /// <summary>Reads a vkey; false for anything that is not one of an Ed25519 cosigner with the right id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CosignerKey? key)
    {
        key = null;
        var parts = (text ?? "").Split('+', 3);
        var material = new byte[33];
        if (parts.Length != 3 || !VerifierKey.IsName(parts[0]) || parts[0].Any(char.IsControl)
            || !Convert.TryFromBase64String(parts[2], material, out var length) || length != 33 || material[0] != Ed25519Cosignature)
            return false;
        var read = new CosignerKey(parts[0], material[1..]);
        if (read.ToString() != text)
            return false;
        key = read;
        return true;
    }

    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Ed25519Cosignature, .. PublicKey])}";
}
