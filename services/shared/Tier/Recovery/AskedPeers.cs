using System.Security.Cryptography;
using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>An entry of a body's journal that another says, signed, it was delivered or answered with.</summary>
/// <param name="IsAnswer">It answers what the other sent.</param>
public sealed record HeldEntry(bool IsAnswer, long Index, byte[] LeafHash);

/// <summary>Asks those whom a body deals with for the newest of its entries that they were delivered, or that answer what they sent it.</summary>
public sealed class AskedPeers(SignedAnswers answers, AddressBook addresses, TimeProvider time)
{
    private const int NonceBytes = 16;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    /// <summary>What a peer holds of the present epoch of the body's journal. Throws <see cref="RpcException"/> when it gives no answer that can be believed.</summary>
    public async Task<IReadOnlyList<HeldEntry>> AskAsync(HostedBody body, string peer, CancellationToken cancellation)
    {
        var nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceBytes));
        var response = await new PeerService.PeerServiceClient(addresses.To(peer)).TellDeliveredAsync(
            new TellDeliveredRequest { Body = peer, Sender = body.Id, SenderEpoch = body.Epoch, Nonce = nonce },
            deadline: time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: cancellation);
        var newest = (await answers.OpenAsync(body, peer, response.Signed, CourierMessage.ContentOneofCase.NewestDelivered, cancellation)).Answer.NewestDelivered;
        if (!newest.Nonce.Equals(nonce))
            throw answers.Refused(body, peer, "the answer is to another question");
        return [.. new[] { Read(body, peer, newest.Entry, newest.LeafHash, isAnswer: false), Read(body, peer, newest.Answer, newest.AnswerLeafHash, isAnswer: true) }.OfType<HeldEntry>()];
    }

    private HeldEntry? Read(HostedBody body, string peer, EntryRef? entry, ByteString leafHash, bool isAnswer) =>
        entry is null || entry.Body != body.Id || entry.Epoch != body.Epoch ? null
        : entry.Index <= long.MaxValue ? new HeldEntry(isAnswer, (long)entry.Index, leafHash.ToByteArray())
        : throw answers.Refused(body, peer, "there is no such entry");
}
