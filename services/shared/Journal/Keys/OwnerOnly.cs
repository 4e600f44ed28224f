namespace FundingFlows.Journal;

/// <summary>Files and folders that their owner alone may read. On Windows they have the rights of the folder that they are made in.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Makes the folder that a file is to lie in, where there is none, and those above it. One that is there is left as it is.</summary>
    public static void MakeFolderOf(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || Directory.Exists(folder))
            return;
        // One after the other: made together, those above would be everybody's.
        MakeFolderOf(folder);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Folder);
    }

    /// <summary>Writes a new file whole beside its place and then moves it there, so that a crash leaves no half of it.</summary>
    public static void Write(string path, byte[] content)
    {
        MakeFolderOf(path);
        var fresh = path + ".new";
        System.IO.File.Delete(fresh);
        using (var file = Create(fresh))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        System.IO.File.Move(fresh, path);
    }

    /// <summary>Makes an empty file where there is none.</summary>
    public static void Touch(string path)
    {
        try
        {
            Create(path).Dispose();
        }
        catch (IOException) when (System.IO.File.Exists(path))
        {
            // It is there, perhaps made this moment by another process.
        }
    }

    /// <summary>Takes from all others what they may do with a file. A file that is not there has nobody.</summary>
    public static void Close(string path)
    {
        if (MayBeReachedByOthers(path) && !OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, File);
    }

    /// <summary>Whether others than its owner may read, write or run a file. False for one that is not there.</summary>
    public static bool MayBeReachedByOthers(string path) =>
        !OperatingSystem.IsWindows() && System.IO.File.Exists(path) && (System.IO.File.GetUnixFileMode(path) & ~File) != 0;

    /// <summary>A new file, open to be written.</summary>
    public static FileStream Create(string path, FileOptions how = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = how };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File;
        return new FileStream(path, options);
    }
}
