using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>A body as others have recorded it: its registration, and since then its new keys and the new epochs of its journal, in their order.</summary>
internal sealed class VouchedBody(BodyRegistered registration, string federation, IReadOnlyList<Fact> since)
{
    /// <summary>The epoch of which a journal with that origin is. Null: nobody vouches for one.</summary>
    public uint? EpochOf(string origin) =>
        registration.Origin == origin ? registration.Epoch
        : since.LastOrDefault(fact => fact.EpochDeclared is { } declared && Names.Origin(federation, registration.Body, declared.Epoch) == origin)?.EpochDeclared.Epoch;

    /// <summary>The key that signs so many entries of the journal of an epoch: as it was recorded until the next epoch was declared.</summary>
    public ByteString KeyAt(long size, uint epoch)
    {
        var keys = new List<KeyRotated>();
        foreach (var fact in since.TakeWhile(fact => !(fact.EpochDeclared?.Epoch > epoch)))
            if (fact.EpochDeclared is { } declared)
                keys.RemoveAll(key => key.FromIndex >= declared.KeptSize);
            else if (fact.KeyRotated is { FromIndex: <= long.MaxValue } rotated)
            {
                keys.RemoveAll(key => key.FromIndex >= rotated.FromIndex);
                keys.Add(rotated);
            }
        return AdoptedKey.At(keys.Select(key => new AdoptedKey((long)key.FromIndex, key.PublicKey)).Prepend(new AdoptedKey(-1, registration.PublicKey)), size)!.Value.PublicKey;
    }

    /// <summary>What a journal says otherwise of its epochs than was declared.</summary>
    public IEnumerable<string> FaultsOf(SaidByEntries said, uint epoch, string registrar)
    {
        if (said.Genesis?.Epoch != registration.Epoch)
            yield return $"The journal begins with epoch {said.Genesis?.Epoch}, and {registrar} registered {registration.Body} in epoch {registration.Epoch}.";
        if (Declared(epoch) is { } declared && said.Begun is [.., var last] && last.Begun is { } begun && begun.Epoch == epoch
            && ((ulong)last.Index != declared.KeptSize || !begun.KeptRoot.Equals(declared.KeptRoot)))
            yield return $"Entry {last.Index} begins epoch {epoch} behind other entries than the {declared.KeptSize} that {registrar} declared to be kept.";
    }

    /// <summary>That there is a later epoch, to be said behind other words. Empty: there is none.</summary>
    public string Since(uint epoch) =>
        since.FirstOrDefault(fact => fact.EpochDeclared?.Epoch > epoch)?.EpochDeclared is { } later ? $"; since then epoch {later.Epoch} was declared, which keeps {later.KeptSize} entries" : "";

    private EpochDeclared? Declared(uint epoch) => since.LastOrDefault(fact => fact.EpochDeclared?.Epoch == epoch)?.EpochDeclared;
}
