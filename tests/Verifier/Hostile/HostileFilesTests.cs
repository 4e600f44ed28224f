using System.Diagnostics;

namespace FundingFlows.Verifier.Tests;

/// <summary>Files that are none: devices without end, pipes that nobody writes to, folders where files belong and folders that nobody may look into.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("proof")]
    [InlineData("trace")]
    [InlineData("evidence")]
    public async Task File_ThatIsNone_CannotBeRead(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Devices and pipes.");
        if (verb != "trace")
            (await Run.VerifyAsync(verb, "/dev/zero")).CannotRead("/dev/zero cannot be read: it is longer than any");
        await MakePipeAsync(folder["pipe"]);
        (await Run.VerifyAsync(verb, folder["pipe"], "--patience", "1")).CannotRead("pipe cannot be read: not all of it was there within 1 s");
        Directory.CreateDirectory(folder["folder"]);
        (await Run.VerifyAsync(verb, folder["folder"])).CannotRead("folder cannot be read");
    }

    [Fact]
    public async Task FileOfAJournal_ThatIsNone_IsFoundOrCannotBeRead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Devices and pipes.");
        var journal = MadeJournal.Of(300).SaveTo(folder["made/1"]);
        File.Delete(folder["made/1/tile/entries/000"]);
        File.CreateSymbolicLink(folder["made/1/tile/entries/000"], "/dev/zero");
        (await Run.VerifyAsync("journal", journal)).Finds("tile/entries/000 holds ");

        File.Delete(folder["made/1/tile/entries/000"]);
        await MakePipeAsync(folder["made/1/tile/entries/000"]);
        (await Run.VerifyAsync("journal", journal, "--patience", "1")).CannotRead("tile/entries/000 cannot be read: not all of it was there within 1 s");
        (await Run.VerifyAsync("prove", journal, "3", "--out", folder["proof"], "--patience", "1")).CannotRead("tile/entries/000 cannot be read");

        File.Delete(folder["made/1/tile/entries/000"]);
        Directory.CreateDirectory(folder["made/1/tile/entries/000"]);
        (await Run.VerifyAsync("journal", journal)).CannotRead("tile/entries/000 cannot be read");
    }

    [Fact]
    public async Task Folder_ThatNobodyMayLookInto_HidesNothingOfTheOthers()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "Root may look into every folder.");
        MadeJournal.Of(3).SaveTo(folder["all/made/1"]);
        Directory.CreateDirectory(folder["all/closed"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["all/closed"], UnixFileMode.None);

        var run = await Run.VerifyAsync("journal", folder["all"]);

        run.CannotRead("closed cannot be read");
        Assert.Contains("made/1: holds.", run.Output, StringComparison.Ordinal);
    }

    private static async Task MakePipeAsync(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);
    }
}
