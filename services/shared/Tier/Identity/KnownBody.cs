namespace FundingFlows.Tiers;

/// <summary>A body whose key is known, because a chain of registrations leads from it to the federation's root.</summary>
/// <param name="Epoch">The newest epoch of its journal, as far as is known.</param>
/// <param name="Key">Its first verifier key; the name is the origin of its journal in that epoch.</param>
/// <param name="Registration">As the registering body recorded it. Null for the root, whose key is in the settings.</param>
/// <param name="RegisteredBy">The body that registered it, which its genesis must name too. Null for the root.</param>
public sealed record KnownBody(string Body, uint Epoch, VerifierKey Key, BodyRegistered? Registration, string? RegisteredBy = null)
{
    /// <summary>Its keys after the first, as the registering body has recorded them so far.</summary>
    public IReadOnlyList<AdoptedKey> Later { get; init; } = [];

    /// <summary>The epochs of its journal after the first, as they were declared so far, in their order.</summary>
    public IReadOnlyList<EpochDeclared> Declared { get; init; } = [];

    /// <summary>The epoch in force at an entry of its newest journal: what an epoch keeps is of the one that it keeps it from.</summary>
    public uint EpochAt(long index)
    {
        var epoch = Epoch;
        foreach (var declared in Declared.Reverse().Where(one => one.Epoch <= Epoch))
            if (declared.Epoch == epoch && (ulong)index < declared.KeptSize)
                epoch = declared.KeptEpoch;
        return epoch;
    }

    /// <summary>Who stands in its place, as the registering body has ordered so far. Null: nobody.</summary>
    public Succession? Succession { get; init; }

    /// <summary>The key that signs what it says now.</summary>
    public VerifierKey Newest => Later.Count == 0 ? Key : VerifierKey.Of(Key.Name, Later[^1].PublicKey.ToByteArray());

    /// <summary>The key that signs a checkpoint of so many entries.</summary>
    public VerifierKey KeyAt(long size) => AdoptedKey.At(Later, size) is { } later ? VerifierKey.Of(Key.Name, later.PublicKey.ToByteArray()) : Key;
}
