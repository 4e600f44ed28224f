using System.Collections.Concurrent;

namespace FundingFlows.Journal;

/// <summary>
/// All keys of one body that are at hand, found by their public halves. Each lies in a file of its own: the first as
/// <c>body.pem</c>, the second as <c>body.2.pem</c>. Which of them signs, the body's journal says.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private readonly string folder;
    private readonly string body;
    private readonly ConcurrentDictionary<string, BodyKey> keys = new();
    private readonly Lock making = new();

    /// <summary>Reads all key files of a body. Throws as <see cref="KeyFile.Read"/> does.</summary>
    public KeyRing(string folder, string body)
    {
        (this.folder, this.body) = (folder, body);
        for (var number = 1; File.Exists(PathOf(number)); number++)
            Add(KeyFile.Read(PathOf(number)));
    }

    /// <summary>The file of a body's first key, second key and so on.</summary>
    public string PathOf(int number) => Path.Combine(folder, number == 1 ? $"{body}.pem" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{body}.{number}.pem"));

    /// <summary>The public halves of all keys that are at hand: 32 bytes each.</summary>
    public IEnumerable<byte[]> All => keys.Values.Select(key => key.PublicKey);

    /// <summary>Whether the private half of a key is at hand.</summary>
    public bool Has(ReadOnlySpan<byte> publicKey) => keys.ContainsKey(Convert.ToHexStringLower(publicKey));

    /// <summary>The key with that public half. Throws when it is not at hand.</summary>
    public BodyKey Of(ReadOnlySpan<byte> publicKey) => keys[Convert.ToHexStringLower(publicKey)];

    /// <summary>The key of that number, which is made where there is none: asked for again before it is adopted, it is the same.</summary>
    public BodyKey ReadOrCreate(int number)
    {
        lock (making)
            return Add(KeyFile.ReadOrCreate(PathOf(number)));
    }

    public void Dispose()
    {
        foreach (var key in keys.Values)
            key.Dispose();
    }

    private BodyKey Add(BodyKey key)
    {
        var known = keys.GetOrAdd(Convert.ToHexStringLower(key.PublicKey), key);
        if (known != key)
            key.Dispose();
        return known;
    }
}
