using System.Text;

namespace FundingFlows.Journal;

/// <summary>Keeps a body's private key in a file that only its owner may read.</summary>
public static class KeyFile
{
    /// <summary>Reads the key, or makes one where there is no file. Throws <see cref="IOException"/> when others may read the file.</summary>
    public static BodyKey ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return Read(path);
        var key = BodyKey.Generate();
        OwnerOnly.Write(path, Encoding.ASCII.GetBytes(key.ToPem()));
        return key;
    }

    /// <summary>
    /// Reads the key. Throws <see cref="IOException"/> when there is none, or others may read it, and
    /// <see cref="FormatException"/> when the file holds something else.
    /// </summary>
    public static BodyKey Read(string path)
    {
        if (OwnerOnly.MayBeReachedByOthers(path))
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
