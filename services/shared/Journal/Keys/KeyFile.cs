namespace FundingFlows.Journal;

/// <summary>Keeps a body's private key in a file that only its owner may read.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key, or makes one where there is no file. Throws <see cref="IOException"/> when others may read the file.</summary>
    public static BodyKey ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return Read(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var key = BodyKey.Generate();
        // Written whole beside its place and then moved, so that a crash leaves no half key.
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ToPem()));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path);
        return key;
    }

    /// <summary>
    /// Reads the key. Throws <see cref="IOException"/> when there is none, or others may read it, and
    /// <see cref="FormatException"/> when the file holds something else.
    /// </summary>
    public static BodyKey Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new IOException($"The key file {path} may be read by others: allow its owner alone (chmod 600).");
        try
        {
            return BodyKey.FromPem(File.ReadAllText(path));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"The key file {path} cannot be used. {problem.Message}", problem);
        }
    }
}
