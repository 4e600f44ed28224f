using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A handle names a person in one body's journal, and says nothing to who lacks that body's secret.</summary>
public sealed class PersonHandlesTests : IDisposable
{
    private const string Issuer = "https://issuer.example";
    private const string Subject = "zelda.quillfeather@example.org";
    private readonly TempFolder folder = new();
    private readonly string path;

    public PersonHandlesTests() => path = folder.File("keys/E06000047.people");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Handle_IsAnHmacOfIssuerAndSubjectWithTheSecretInTheFile()
    {
        var handle = PersonHandles.ReadOrCreate(path).Of(Issuer, Subject);

        var secret = Convert.FromHexString(File.ReadAllText(path).Trim());
        Assert.Equal(32, secret.Length);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{Issuer}\n{Subject}")))[..32], handle);
    }

    [Fact]
    public void Secret_IsMadeOnceForItsOwnerAlone()
    {
        var handle = PersonHandles.ReadOrCreate(path).Of(Issuer, Subject);

        Assert.Equal(handle, PersonHandles.ReadOrCreate(path).Of(Issuer, Subject));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Handles_OfOnePersonAtTwoBodies_CannotBeJoined() =>
        Assert.NotEqual(PersonHandles.ReadOrCreate(path).Of(Issuer, Subject), PersonHandles.ReadOrCreate(folder.File("keys/E08000021.people")).Of(Issuer, Subject));

    [Fact]
    public void Handles_OfTwoPeople_AreNotTheSame()
    {
        var people = PersonHandles.ReadOrCreate(path);

        Assert.Equal(3, new[] { people.Of(Issuer, "a"), people.Of(Issuer, "b"), people.Of("https://other.example", "a") }.Distinct().Count());
    }

    [Fact]
    public void Secret_ThatOthersMayRead_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        PersonHandles.ReadOrCreate(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains(path, Assert.Throws<IOException>(() => PersonHandles.ReadOrCreate(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00ff")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void Secret_OfGarbage_IsRefusedAndLeftAsItIs(string garbage)
    {
        PersonHandles.ReadOrCreate(path);
        File.WriteAllText(path, garbage);

        Assert.Throws<FormatException>(() => PersonHandles.ReadOrCreate(path));
        Assert.Equal(garbage, File.ReadAllText(path));
    }
}
