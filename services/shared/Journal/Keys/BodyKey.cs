using NSec.Cryptography;

namespace FundingFlows.Journal;

/// <summary>The Ed25519 key of a body (RFC 8032): it signs checkpoints and what the courier carries.</summary>
public sealed class BodyKey : IDisposable
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    private readonly Key key;

    private BodyKey(Key key) => this.key = key;

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    public static BodyKey Generate() =>
        new(Key.Create(Algorithm, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));

    /// <summary>Reads a PEM text (PKCS #8). Throws <see cref="FormatException"/> when it is not one of an Ed25519 key.</summary>
    public static BodyKey FromPem(string pem) =>
        Key.TryImport(Algorithm, System.Text.Encoding.ASCII.GetBytes(pem), KeyBlobFormat.PkixPrivateKeyText, out var key)
            ? new BodyKey(key!)
            : throw new FormatException("This is not the PEM text of an Ed25519 private key.");

    /// <summary>The private key as PEM text (PKCS #8). Only of a key that was generated here.</summary>
    public string ToPem() => System.Text.Encoding.ASCII.GetString(key.Export(KeyBlobFormat.PkixPrivateKeyText));

    /// <summary>64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => Algorithm.Sign(key, data);

    /// <summary>False also for a key or signature that is malformed.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Algorithm.SignatureSize
        && NSec.Cryptography.PublicKey.TryImport(Algorithm, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && Algorithm.Verify(key!, data, signature);

    public void Dispose() => key.Dispose();
}
