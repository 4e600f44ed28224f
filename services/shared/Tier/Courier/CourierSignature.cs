using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>
/// Signs and checks what bodies say to one another: Ed25519 over a fixed prefix and the exact bytes of the message, which name
/// federation, sender, epoch, receiver, and whether they are deliveries or receipts.
/// </summary>
public static class CourierSignature
{
    private static ReadOnlySpan<byte> Prefix => "fundingflows/courier/v1\n"u8;

    public static SignedMessage Sign(CourierMessage message, BodyKey key)
    {
        var bytes = message.ToByteArray();
        return new SignedMessage
        {
            Message = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = UnsafeByteOperations.UnsafeWrap(key.Sign([.. Prefix, .. bytes])),
        };
    }

    public static bool IsBy(SignedMessage message, VerifierKey key) =>
        BodyKey.Verify(key.PublicKey, [.. Prefix, .. message.Message.Span], message.Signature.Span);
}
