using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace FundingFlows.Simulation;

/// <summary>
/// The keys and secrets of all instances in files, as production reads them. They follow from names, so that they are the same in every run; only a
/// folder in memory holds them, and only as long as the program runs.
/// </summary>
internal sealed class Keys : IDisposable
{
    private const string InMemory = "/dev/shm";
    private readonly string folder = Path.Combine(
        Directory.Exists(InMemory) ? InMemory : Path.GetTempPath(), $"fundingflows-simulation-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");

    public Keys()
    {
        foreach (var (id, _, instance, registrar) in Map.Bodies)
        {
            Write(instance, id + ".pem", Pem(id));
            for (var number = 2; number <= (registrar == id ? 1 : Most); number++)
                Write(instance, $"{id}.{number}.pem", Pem(NameOf(id, number)));
            Write(instance, id + ".witness", Pem(id + " as a witness"));
            Write(instance, id + ".people", Convert.ToHexStringLower(Seed(id + " and its people")) + "\n");
        }
        Write(Map.Audit, Map.Audit + ".witness", Pem("the auditor as a witness"));
        Root = $"{VerifierKey.Of(Names.Origin(Map.Federation, Map.Root, 1), PublicKeyOf(Map.Root))}";
    }

    /// <summary>The root's key, as settings pin it.</summary>
    public string Root { get; }

    /// <summary>The folder of an instance's data.</summary>
    public string DataOf(string instance) => Path.Combine(folder, instance);

    /// <summary>How many keys there are for a body that is not the root. It takes one after the other.</summary>
    public const int Most = 3;

    /// <summary>The public half of a body's first, second or third key.</summary>
    public static byte[] PublicKeyOf(string body, int number = 1)
    {
        using var key = Make(NameOf(body, number));
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string NameOf(string body, int number) => number == 1 ? body : $"{body}, key {number}";

    private static byte[] Seed(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    private static Key Make(string name) => Key.Import(
        SignatureAlgorithm.Ed25519, Seed(name), KeyBlobFormat.RawPrivateKey, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });

    private static string Pem(string name)
    {
        using var key = Make(name);
        return Encoding.ASCII.GetString(key.Export(KeyBlobFormat.PkixPrivateKeyText));
    }

    private void Write(string instance, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(DataOf(instance), "keys")).FullName, name);
        OwnerOnly.Write(path, Encoding.ASCII.GetBytes(text));
    }
}
