using System.Runtime.Versioning;

namespace FundingFlows.Journal.Tests;

/// <summary>What a body keeps is for its owner's eyes alone.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
    private readonly TempFolder folder = new();

    public FileModeTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Journals_WhenTheyAreMade_AreTheirOwnersAlone()
    {
        await using var store = SqliteJournalStore.Open(folder.File("instances/data/journals.db"));
        await store.LeaseAsync(new JournalKey("E06000047", 1), CancellationToken.None);

        MustBeTheOwners("journals.db");
    }

    [Fact]
    public async Task Documents_WhenTheyAreMade_AreTheirOwnersAlone()
    {
        await using var store = DocumentStore.Open(folder.File("instances/data/documents.db"), TimeProvider.System);
        store.Keep("E06000047", Guid.Parse("0190b7e2-0000-7000-8000-000000000001"), 1, "words");

        MustBeTheOwners("documents.db");
    }

    [Fact]
    public async Task Journals_ThatOthersMightRead_AreTakenFromThem()
    {
        var path = folder.File("journals.db");
        await SqliteJournalStore.Open(path).DisposeAsync();
        File.SetUnixFileMode(path, OwnersFile | UnixFileMode.OtherRead | UnixFileMode.GroupWrite);

        await SqliteJournalStore.Open(path).DisposeAsync();

        Assert.Equal(OwnersFile, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("documents.db", UnixFileMode.OtherRead)]
    [InlineData("documents.db", UnixFileMode.GroupRead)]
    [InlineData("documents.db", UnixFileMode.GroupWrite)]
    [InlineData("documents.db-wal", UnixFileMode.OtherRead)]
    public async Task Documents_ThatOthersMayReach_AreRefused(string name, UnixFileMode others)
    {
        var path = folder.File("documents.db");
        await DocumentStore.Open(path, TimeProvider.System).DisposeAsync();
        await File.AppendAllTextAsync(folder.File(name), "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder.File(name), OwnersFile | others);

        var problem = Assert.Throws<StoreException>(() => DocumentStore.Open(path, TimeProvider.System));

        Assert.Equal($"{folder.File(name)} may be read by others: allow its owner alone (chmod 600).", problem.Message);
        File.SetUnixFileMode(folder.File(name), OwnersFile);
        await DocumentStore.Open(path, TimeProvider.System).DisposeAsync();
    }

    [Fact]
    public void Folder_OfAKeyThatIsMadeFirst_IsTheOwnersAlone()
    {
        KeyFile.ReadOrCreate(folder.File("data/keys/E06000047.pem")).Dispose();

        Assert.Equal((OwnersFolder, OwnersFolder), (File.GetUnixFileMode(folder.File("data")), File.GetUnixFileMode(folder.File("data/keys"))));
    }

    [Fact]
    public async Task Folder_ThatIsThere_IsLeftAsItIs()
    {
        var mode = OwnersFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        Directory.CreateDirectory(folder.File("data"), mode);
        await SqliteJournalStore.Open(folder.File("data/journals.db")).DisposeAsync();

        Assert.Equal(mode, File.GetUnixFileMode(folder.File("data")));
    }

    private void MustBeTheOwners(string name)
    {
        Assert.Equal(
            [(name, OwnersFile), (name + "-shm", OwnersFile), (name + "-wal", OwnersFile)],
            Directory.GetFiles(folder.File("instances/data")).Select(file => (Path.GetFileName(file), File.GetUnixFileMode(file))).Order());
        Assert.Equal(OwnersFolder, File.GetUnixFileMode(folder.File("instances/data")));
    }
}
