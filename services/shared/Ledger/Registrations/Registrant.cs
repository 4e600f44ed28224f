namespace FundingFlows.Ledger;

/// <summary>A body that this one has registered, and what it has recorded of it since.</summary>
public sealed class Registrant(BodyRegistered registration)
{
    private readonly List<KeyRotated> keys = [];
    private readonly List<EpochDeclared> epochs = [];

    /// <summary>As it was registered, with its first key.</summary>
    public BodyRegistered Registration { get; } = registration;

    /// <summary>Its keys after the first, in the order of the entries from which they count.</summary>
    public IReadOnlyList<KeyRotated> Keys => keys;

    /// <summary>The epochs of its journal after the first, in their order.</summary>
    public IReadOnlyList<EpochDeclared> Epochs => epochs;

    /// <summary>The newest epoch of its journal.</summary>
    public uint Epoch => epochs.Count == 0 ? Registration.Epoch : epochs[^1].Epoch;

    /// <summary>Every epoch of its journal, the first first.</summary>
    public IEnumerable<uint> AllEpochs => epochs.Select(one => one.Epoch).Prepend(Registration.Epoch);

    /// <summary>It was closed: it acts no more.</summary>
    public bool IsClosed { get; internal set; }

    /// <summary>Who stands in its place. Null: nobody was ordered to.</summary>
    public Succession? Succession { get; internal set; }

    /// <summary>Whether one of its keys that count is this.</summary>
    public bool HasKey(Google.Protobuf.ByteString key) => Registration.PublicKey.Equals(key) || keys.Exists(one => one.PublicKey.Equals(key));

    /// <summary>Its key for what it signs of so many entries: 32 bytes.</summary>
    public Google.Protobuf.ByteString KeyAt(long size) => keys.LastOrDefault(key => key.FromIndex < (ulong)size)?.PublicKey ?? Registration.PublicKey;

    internal void Declare(EpochDeclared epoch)
    {
        keys.RemoveAll(key => key.FromIndex >= epoch.KeptSize);
        epochs.Add(epoch);
    }

    internal void Rotate(KeyRotated key)
    {
        keys.RemoveAll(other => other.FromIndex >= key.FromIndex);
        keys.Add(key);
    }
}

/// <summary>A key of a body: it signs checkpoints of more than <paramref name="From"/> entries.</summary>
/// <param name="From">The entry that adopted it; -1 of the first.</param>
/// <param name="PublicKey">32 bytes.</param>
public readonly record struct AdoptedKey(long From, Google.Protobuf.ByteString PublicKey)
{
    /// <summary>How long an Ed25519 public key is.</summary>
    public const int Bytes = 32;

    /// <summary>The key that signs a checkpoint of so many entries.</summary>
    public static AdoptedKey? At(IEnumerable<AdoptedKey> keys, long size)
    {
        AdoptedKey? found = null;
        foreach (var key in keys)
            if (key.From < size)
                found = key;
        return found;
    }
}
