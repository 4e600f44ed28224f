using System.Diagnostics.CodeAnalysis;

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
        KeyId = VerifierKeyForm.IdOf(name, Ed25519, publicKey);
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
        VerifierKeyForm.Check(name, publicKey);
        return new VerifierKey(name, publicKey);
    }

    /// <summary>Reads a vkey; false for anything that is not one of an Ed25519 key with the right id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = VerifierKeyForm.TryRead(text, Ed25519, out var name, out var publicKey) ? new VerifierKey(name, publicKey) : null;
        return key is not null;
    }

    /// <summary>Whether a signer may be called that: it is not empty and holds no Unicode space and no plus.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    public override string ToString() => VerifierKeyForm.Write(Name, Ed25519, PublicKey);
}
