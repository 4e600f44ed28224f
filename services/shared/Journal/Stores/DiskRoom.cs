namespace FundingFlows.Journal;

/// <summary>Whether there is room on a disk, found out by taking it: what the system says of free space leaves out quotas and what it keeps for itself.</summary>
internal static class DiskRoom
{
    private const int Block = 64 << 10;

    /// <summary>Whether so many bytes can be written, and synced, beside a file. Nothing of them stays, even when the process ends meanwhile.</summary>
    public static bool IsThere(string beside, long bytes)
    {
        var path = beside + "-room";
        try
        {
            File.Delete(path);
            using var file = OwnerOnly.Create(path, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            var block = new byte[Block];
            // Not zeros: some file systems would not store them.
            Array.Fill(block, (byte)0xA5);
            for (long written = 0; written < bytes; written += Block)
                file.Write(block);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
