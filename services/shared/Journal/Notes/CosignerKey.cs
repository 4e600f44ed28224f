using System.Diagnostics.CodeAnalysis;

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
        KeyId = VerifierKeyForm.IdOf(name, Ed25519Cosignature, publicKey);
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
        VerifierKeyForm.Check(name, publicKey);
        return new CosignerKey(name, publicKey);
    }

    /// <summary>Reads a vkey; false for anything that is not one of an Ed25519 cosigner with the right id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CosignerKey? key)
    {
        key = VerifierKeyForm.TryRead(text, Ed25519Cosignature, out var name, out var publicKey) ? new CosignerKey(name, publicKey) : null;
        return key is not null;
    }

    public override string ToString() => VerifierKeyForm.Write(Name, Ed25519Cosignature, PublicKey);
}
