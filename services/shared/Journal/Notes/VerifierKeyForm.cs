using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>How a C2SP vkey is written: <c>name+hex(key id)+base64(signature type || public key)</c>, here with 32 bytes of an Ed25519 key.</summary>
internal static class VerifierKeyForm
{
    private const int KeyBytes = 32;

    /// <summary>The first four bytes of SHA-256 over name, newline, type and public key.</summary>
    public static uint IdOf(string name, byte type, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey]));

    public static string Write(string name, byte type, byte[] publicKey) =>
        $"{name}+{IdOf(name, type, publicKey).ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([type, .. publicKey])}";

    /// <summary>Throws when the name is empty or holds a space or plus, or the key is not 32 bytes.</summary>
    public static void Check(string name, byte[] publicKey)
    {
        if (!VerifierKey.IsName(name) || name.Any(char.IsControl))
            throw new ArgumentException("A key's name is not empty and holds no space and no plus.", nameof(name));
        if (publicKey.Length != KeyBytes)
            throw new ArgumentException("An Ed25519 public key is 32 bytes.", nameof(publicKey));
    }

    /// <summary>Reads a vkey of that type; false for any other, and for one that is written otherwise than it would be here.</summary>
    public static bool TryRead(string? text, byte type, out string name, [NotNullWhen(true)] out byte[]? publicKey)
    {
        (name, publicKey) = ("", null);
        var parts = (text ?? "").Split('+', 3);
        var material = new byte[1 + KeyBytes];
        if (parts.Length != 3 || !VerifierKey.IsName(parts[0]) || parts[0].Any(char.IsControl)
            || !Convert.TryFromBase64String(parts[2], material, out var length) || length != material.Length || material[0] != type
            || Write(parts[0], type, material[1..]) != text)
            return false;
        (name, publicKey) = (parts[0], material[1..]);
        return true;
    }
}
