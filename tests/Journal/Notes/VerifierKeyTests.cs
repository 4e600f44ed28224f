using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A verifier key has one way to be written, and that way is C2SP's.</summary>
public sealed class VerifierKeyTests
{
    [Fact]
    public void Vkey_OfTheSpecification_IsReadAndWrittenTheSame()
    {
        Assert.True(VerifierKey.TryParse(ExampleNotes.Vkey, out var key));
        Assert.Equal("example.com/foo", key.Name);
        Assert.Equal(0x530d903au, key.KeyId);
        Assert.Equal(32, key.PublicKey.Length);
        Assert.Equal(ExampleNotes.Vkey, key.ToString());
        Assert.Equal(key.KeyId, VerifierKey.Of(key.Name, key.PublicKey).KeyId);
    }

    [Fact]
    public void Vkey_OfAnyKey_IsReadBack()
    {
        for (var i = 0; i < 50; i++)
        {
            using var key = BodyKey.Generate();
            var written = VerifierKey.Of("fed.example/E06000047/1", key.PublicKey);

            Assert.True(VerifierKey.TryParse(written.ToString(), out var read));
            Assert.Equal((written.Name, written.KeyId), (read.Name, read.KeyId));
            Assert.Equal(key.PublicKey, read.PublicKey);
        }
    }

    [Fact]
    public void KeyId_OfAnotherNameOrKey_IsAnother()
    {
        var key = ExampleNotes.Key;

        Assert.NotEqual(key.KeyId, VerifierKey.Of("example.com/bar", key.PublicKey).KeyId);
        Assert.NotEqual(key.KeyId, VerifierKey.Of(key.Name, ExampleNotes.Signer.PublicKey).KeyId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.com/foo")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/ foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFk yQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k+")]
    public void Vkey_ThatIsMalformed_IsNotRead(string? text) => Assert.False(VerifierKey.TryParse(text, out _));

    [Fact]
    public void Vkey_OfANonAsciiName_HasTheIdOfItsUtf8Bytes()
    {
        var key = VerifierKey.Of("köln.example", ExampleNotes.Key.PublicKey);
        byte[] hashed = [.. Encoding.UTF8.GetBytes("köln.example"), (byte)'\n', 1, .. key.PublicKey];

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(hashed))[..8], $"{key.KeyId:x8}");
        Assert.True(VerifierKey.TryParse(key.ToString(), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    [InlineData("a\u2003b")]
    public void Key_OfAnImpossibleName_Throws(string name) => Assert.Throws<ArgumentException>(() => VerifierKey.Of(name, new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Key_OfAnotherLength_Throws(int bytes) => Assert.Throws<ArgumentException>(() => VerifierKey.Of("name", new byte[bytes]));
}
