using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Peer.V1;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>Reads what one body answers another: only what the one that was asked has signed, for the one that asked.</summary>
public sealed partial class SignedAnswers(WhoIsWho whoIsWho, ILogger<SignedAnswers> log, SecurityRecord? security = null)
{
    /// <summary>An answer that the receiver signed, and who that is. Throws <see cref="RpcException"/> for any other.</summary>
    public async Task<(CourierMessage Answer, KnownBody By)> OpenAsync(
        HostedBody sender, string receiver, SignedMessage? given, CourierMessage.ContentOneofCase content, CancellationToken cancellation)
    {
        var signed = given ?? new SignedMessage();
        var answer = CourierMessage.Parser.ParseFrom(signed.Message);
        var known = await whoIsWho.FindAsync(receiver, cancellation);
        var problem = known is null ? "the receiver is not registered (yet)"
            : !CourierSignature.IsBy(signed, known.Newest) ? "the receipts are not signed with the receiver's key"
            : answer.Sender != receiver || answer.SenderEpoch != known.Epoch || answer.Receiver != sender.Id || answer.Federation != sender.Genesis.Federation
                ? "the receipts are not from the receiver to the sender"
            : answer.ContentCase != content ? "the answer holds no receipts"
            : null;
        return problem is null ? (answer, known!) : throw Refused(sender, receiver, problem, isKnown: known is not null);
    }

    /// <summary>What to throw for an answer that is not believed. It is said, and remembered.</summary>
    /// <param name="isKnown">Whether the receiver's key is known here. Before that an honest answer cannot be told from another.</param>
    public RpcException Refused(HostedBody sender, string receiver, string problem, bool isKnown = true)
    {
        LogRefused(sender.Id, receiver, problem);
        if (isKnown)
            security?.Tell(SecurityEventKind.ReceiptsRefused, Errors.ReasonOf(FailureReason.PeerReceiptsRefused), receiver, sender.Id);
        return Errors.Of(FailureReason.PeerReceiptsRefused, problem, []);
    }

    /// <summary>The same for one that the sender's own rules refuse.</summary>
    public RpcException Refused(HostedBody sender, string receiver, Refusal refusal)
    {
        LogRefused(sender.Id, receiver, refusal.Sentence);
        security?.Tell(SecurityEventKind.ReceiptsRefused, refusal.Reason, receiver, sender.Id);
        return Errors.From(refusal);
    }

    /// <summary>
    /// What to throw for an answer that holds no receipt for the first that was sent: one to something else, such as an old one that is given again. It is said, and remembered,
    /// because no network makes it: an answer comes on the call that it is to, and an honest receiver, also one that is asked the same twice, answers what it
    /// was sent. (The same receipt again is no such answer. It is recorded, or was before, and then nothing happens.)
    /// </summary>
    public RpcException Missing(HostedBody sender, string receiver)
    {
        const string Problem = "The answer holds no receipt for what was sent.";
        LogRefused(sender.Id, receiver, Problem);
        security?.Tell(SecurityEventKind.ReceiptsRefused, Errors.ReasonOf(FailureReason.PeerReceiptsMissing), receiver, sender.Id);
        return Errors.Of(FailureReason.PeerReceiptsMissing, Problem, []);
    }

    /// <summary>The reason of an answer that is no message, or holds an entry that is none. It is remembered.</summary>
    public string Unreadable(HostedBody sender, string receiver)
    {
        const string Reason = "ANSWER_UNREADABLE";
        security?.Tell(SecurityEventKind.ReceiptsRefused, Reason, receiver, sender.Id);
        return Reason;
    }

    [LoggerMessage(EventId = SecurityEvents.ReceiptsRefused, Level = LogLevel.Warning, Message = "Receipts to {Sender} from {Receiver} are refused: {Problem}")]
    private partial void LogRefused(string sender, string receiver, string problem);
}
