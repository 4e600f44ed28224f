using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>The keys with which the witnesses of an instance cosign, each in a file of its own and made when it is first needed. No witness signs with the key of a body.</summary>
public sealed class WitnessKeys(IOptions<InstanceOptions> options) : IDisposable
{
    private readonly Dictionary<string, (CosignerKey Key, BodyKey Signer)> keys = [];
    private readonly Lock gate = new();

    /// <summary>The key of a witness. Throws <see cref="IOException"/> and <see cref="FormatException"/> as <see cref="KeyFile.Read"/> does.</summary>
    /// <param name="witness">A body's id, or that of the auditor.</param>
    public (CosignerKey Key, BodyKey Signer) Of(string witness)
    {
        lock (gate)
        {
            if (!keys.TryGetValue(witness, out var key))
            {
                var signer = KeyFile.ReadOrCreate(Path.Combine(options.Value.Data, "keys", witness + ".witness"));
                keys.Add(witness, key = (CosignerKey.Of(NameOf(options.Value.Federation, witness), signer.PublicKey), signer));
            }
            return key;
        }
    }

    /// <summary>What a witness is called in its signatures.</summary>
    public static string NameOf(string federation, string witness) => $"{federation}/witness/{witness}";

    public void Dispose()
    {
        foreach (var (_, signer) in keys.Values)
            signer.Dispose();
    }
}
