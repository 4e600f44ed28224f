using FundingFlows.Contracts.Registry.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about new epochs of journals.</summary>
internal static class EpochRequests
{
    private const int MostCheckpoint = 4_096;

    /// <param name="request">The request.</param>
    /// <param name="keys">The public keys that are recorded of the body.</param>
    public static Draft Read(DeclareEpochRequest request, IReadOnlyList<ByteString> keys)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var registered = fields.Body("registered", request.Registered);
        fields.Check(request.Epoch >= 2, "epoch", "must be the last epoch of the body's journal and 1.");
        var checkpoint = request.Checkpoint.Length <= MostCheckpoint ? Checkpoint.Read(request.Checkpoint) : null;
        fields.Check(checkpoint is { Size: >= 1 }, "checkpoint", $"must be a signed checkpoint of at least 1 entry, as C2SP tlog-checkpoint says, of at most {MostCheckpoint} characters.");
        fields.ThrowIfAny();
        var signer = keys.FirstOrDefault(key => IsSignedWith(request.Checkpoint, checkpoint!.Origin, key)) ?? ByteString.Empty;
        return Draft.Of(id, request, new DeclareEpoch(registered, request.Epoch, checkpoint!.Origin, checkpoint.Size, ByteString.CopyFrom(checkpoint.Root), signer));
    }

    private static bool IsSignedWith(string note, string origin, ByteString key) =>
        VerifierKey.IsName(origin) && Checkpoint.Open(note, VerifierKey.Of(origin, key.ToByteArray()), out _) is not null;
}
