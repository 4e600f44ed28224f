namespace FundingFlows.Journal.Tests;

/// <summary>A body's key is plain Ed25519: what it signs, anyone can check.</summary>
public sealed class BodyKeyTests
{
    /// <summary>RFC 8032, section 7.1, the second test: its private key as PKCS #8, its public key, and its signature of one byte.</summary>
    private const string Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n-----END PRIVATE KEY-----\n";
    private const string PublicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private const string Signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    [Fact]
    public void Signature_OfTheKnownKey_IsTheKnownOne()
    {
        using var key = BodyKey.FromPem(Pem);

        Assert.Equal(PublicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(Signature, Convert.ToHexStringLower(key.Sign([0x72])));
        Assert.True(BodyKey.Verify(key.PublicKey, [0x72], Convert.FromHexString(Signature)));
    }

    [Fact]
    public void Signature_OfOtherWordsOrAnotherKey_DoesNotVerify()
    {
        using var key = BodyKey.Generate();
        using var other = BodyKey.Generate();
        var signature = key.Sign("words"u8);

        Assert.True(BodyKey.Verify(key.PublicKey, "words"u8, signature));
        Assert.False(BodyKey.Verify(key.PublicKey, "other words"u8, signature));
        Assert.False(BodyKey.Verify(other.PublicKey, "words"u8, signature));
    }

    [Fact]
    public void Signature_ThatIsMalformed_DoesNotVerify()
    {
        using var key = BodyKey.Generate();
        var signature = key.Sign("words"u8);

        Assert.False(BodyKey.Verify(key.PublicKey, "words"u8, []));
        Assert.False(BodyKey.Verify(key.PublicKey, "words"u8, signature.AsSpan(1)));
        Assert.False(BodyKey.Verify(key.PublicKey, "words"u8, [.. signature, 0]));
        Assert.False(BodyKey.Verify([], "words"u8, signature));
        Assert.False(BodyKey.Verify(key.PublicKey.AsSpan(1), "words"u8, signature));
    }

    [Fact]
    public void Pem_OfAGeneratedKey_IsReadBack()
    {
        using var key = BodyKey.Generate();
        using var read = BodyKey.FromPem(key.ToPem());

        Assert.Equal(key.PublicKey, read.PublicKey);
    }
}
