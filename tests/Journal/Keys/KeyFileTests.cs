using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A private key lies whole in a file that only its owner may read, or it is not used.</summary>
public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder folder = new();
    private readonly string path;

    public KeyFileTests() => path = folder.File("keys/DLUHC.pem");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Key_WhereThereIsNoFile_IsMadeForItsOwnerAlone()
    {
        using var key = KeyFile.ReadOrCreate(path);

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == OwnerOnly);
    }

    [Fact]
    public void Key_ReadAgain_IsTheSame()
    {
        using var made = KeyFile.ReadOrCreate(path);
        using var again = KeyFile.ReadOrCreate(path);
        using var read = KeyFile.Read(path);

        Assert.Equal(made.PublicKey, again.PublicKey);
        Assert.Equal(made.PublicKey, read.PublicKey);
        Assert.True(BodyKey.Verify(made.PublicKey, "words"u8, read.Sign("words"u8)));
    }

    [Fact]
    public void Keys_OfTwoFiles_AreNotTheSame()
    {
        using var one = KeyFile.ReadOrCreate(path);
        using var other = KeyFile.ReadOrCreate(folder.File("keys/E06000047.pem"));

        Assert.NotEqual(one.PublicKey, other.PublicKey);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Key_ThatOthersMayReach_IsRefused(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        KeyFile.ReadOrCreate(path).Dispose();
        SetMode(path, OwnerOnly | others);

        var problem = Assert.Throws<IOException>(() => KeyFile.ReadOrCreate(path));
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => KeyFile.Read(path));
    }

    [Fact]
    public void Key_WhereThereIsNone_IsNotReadAndNotMade()
    {
        Assert.ThrowsAny<IOException>(() => KeyFile.Read(path));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n")]
    public void Key_OfGarbage_IsRefusedAndLeftAsItIs(string garbage)
    {
        KeyFile.ReadOrCreate(path).Dispose();
        File.WriteAllText(path, garbage);

        var problem = Assert.Throws<FormatException>(() => KeyFile.ReadOrCreate(path));
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, File.ReadAllText(path));
    }

    [Fact]
    public void Key_HalfWrittenWhenTheProcessDied_IsNeverUsed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", "-----BEGIN PRIVATE KEY-----\nMC4CAQ", Encoding.ASCII);
        SetMode(path + ".new", OwnerOnly | UnixFileMode.OtherRead);

        using var made = KeyFile.ReadOrCreate(path);
        using var read = KeyFile.Read(path);

        Assert.Equal(made.PublicKey, read.PublicKey);
        Assert.False(File.Exists(path + ".new"));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
