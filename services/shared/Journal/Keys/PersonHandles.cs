using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>
/// The handles by which one body's journal names the people who act at it. Journals are public for ever and a subject may be an
/// address of mail, so a handle is made with a secret of the body: without it nobody can try a list of people against the
/// handles, nor tell that a person at two bodies is one.
/// </summary>
public sealed class PersonHandles
{
    private const int SecretBytes = 32;
    private const int HandleBytes = 16;
    private readonly byte[] secret;

    private PersonHandles(byte[] secret) => this.secret = secret;

    /// <summary>
    /// Reads the secret, or makes one where there is no file. Throws <see cref="IOException"/> when others may read the file, and
    /// <see cref="FormatException"/> when it holds something else.
    /// </summary>
    public static PersonHandles ReadOrCreate(string path)
    {
        if (!File.Exists(path))
            OwnerOnly.Write(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) + "\n"));
        if (OwnerOnly.MayBeReachedByOthers(path))
            throw new IOException($"The secret {path} may be read by others: allow its owner alone (chmod 600).");
        var text = File.ReadAllText(path).TrimEnd();
        return text.Length == SecretBytes * 2 && text.All(char.IsAsciiHexDigit)
            ? new PersonHandles(Convert.FromHexString(text))
            : throw new FormatException($"The secret {path} cannot be used: it is not {SecretBytes * 2} hexadecimal digits.");
    }

    /// <summary>The handle of a person: the first 16 bytes of HMAC-SHA-256 over issuer, newline and subject, as 32 hexadecimal digits.</summary>
    public string Of(string issuer, string subject) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, HandleBytes));
}
