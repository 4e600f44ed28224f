namespace FundingFlows.Crashing;

/// <summary>Leaves no room on a disk.</summary>
internal static class Disk
{
    private const int Block = 4_096;

    /// <summary>Writes a file until the disk takes nothing more.</summary>
    public static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var block = new byte[Block];
        try
        {
            for (long place = 0; ; place += Block)
                RandomAccess.Write(file, block, place);
        }
        catch (IOException)
        {
            // There is no room any more.
        }
    }
}
