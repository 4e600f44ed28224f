using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>
/// An Ed25519 key that verifies signed notes, written as a C2SP vkey: <c>name+hex(key id)+base64(0x01 || public key)</c>.
/// </summary>
public sealed record VerifierKey
{
    private const byte Ed25519 = 0x01;

    private VerifierKey(string name, byte[] publicKey)
    {
        Name = name;
        PublicKey = publicKey;
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. publicKey]));
    }

    /// <summary>The signer's name: here always the origin of a journal.</summary>
    public string Name { get; }

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The first four bytes of SHA-256 over name, newline, 0x01 and public key.</summary>
    public uint KeyId { get; }

    /// <summary>Throws when the name is empty or holds a space or plus, or the key is not 32 bytes.</summary>
    public static VerifierKey Of(string name, byte[] publicKey)
    {
        if (!IsName(name) || name.Any(char.IsControl))
            throw new ArgumentException("A key's name is not empty and holds no space and no plus.", nameof(name));
        if (publicKey.Length != 32)
            throw new ArgumentException("An Ed25519 public key is 32 bytes.", nameof(publicKey));
        return new VerifierKey(name, publicKey);
    }

    /// <summary>Reads a vkey; false for anything that is not one of an Ed25519 key with the right id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        var parts = (text ?? "").Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[0].Any(char.IsControl))
            return false;
        var material = new byte[33];
        if (!Convert.TryFromBase64String(parts[2], material, out var length) || length != 33 || material[0] != Ed25519)
            return false;
        var read = new VerifierKey(parts[0], material[1..]);
        // Written otherwise than a key is written: another id, other letters, spaces in the base64.
        if (read.ToString() != text)
            return false;
        key = read;
        return true;
    }

    /// <summary>Whether a signer may be called that: it is not empty and holds no Unicode space and no plus.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Ed25519, .. PublicKey])}";
}
