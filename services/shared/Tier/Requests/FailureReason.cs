using Google.Rpc;

namespace FundingFlows.Tiers;

/// <summary>States, on each fixed reason, the status that it is said with.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class FailsAttribute(Code code) : Attribute
{
    public Code Code { get; } = code;
}

/// <summary>Why a call fails, whatever it asks for: the reasons that are not a command's own.</summary>
public enum FailureReason
{
    /// <summary>The request cannot be read. Every field at fault is named.</summary>
    [Fails(Code.InvalidArgument)] Malformed,

    /// <summary>What the request names is not here.</summary>
    [Fails(Code.NotFound)] NotHere,

    /// <summary>There is no valid token.</summary>
    [Fails(Code.Unauthenticated)] Unauthenticated,

    /// <summary>The person does not hold the role that this needs at that body.</summary>
    [Fails(Code.PermissionDenied)] RoleNeeded,

    /// <summary>Too much is waiting for this body. Try again when the answer says.</summary>
    [Fails(Code.ResourceExhausted)] JournalBusy,

    /// <summary>There is no room on the disk. Reading goes on, and writing does by itself once there is room.</summary>
    [Fails(Code.ResourceExhausted)] JournalDiskFull,

    /// <summary>The body reads its journal afresh. Try again when the answer says.</summary>
    [Fails(Code.Unavailable)] JournalReplaying,

    /// <summary>The body only reads while it hears from others whether its journal is the newest, or because it is not. Try again when the answer says.</summary>
    [Fails(Code.Unavailable)] JournalReadOnly,

    /// <summary>The body writes no more: another process does, or its store cannot be trusted.</summary>
    [Fails(Code.Unavailable)] JournalStopped,

    /// <summary>The body's journal cannot be believed, so the body does not serve.</summary>
    [Fails(Code.Unavailable)] JournalCorrupt,

    /// <summary>The store of journals or documents does not answer.</summary>
    [Fails(Code.Unavailable)] StoreFailed,

    /// <summary>The instance is ending. Follow again from where you are.</summary>
    [Fails(Code.Unavailable)] Stopping,

    /// <summary>The caller hung up, or the deadline passed.</summary>
    [Fails(Code.Cancelled)] Cancelled,

    /// <summary>The settings of this instance do not say where a body is reached.</summary>
    [Fails(Code.Unavailable)] NoAddress,

    /// <summary>Between bodies: the sender of a delivery is not registered, as far as the receiver knows.</summary>
    [Fails(Code.Unauthenticated)] PeerSenderUnknown,

    /// <summary>Between bodies: a delivery is not signed with its sender's key.</summary>
    [Fails(Code.Unauthenticated)] PeerSignatureWrong,

    /// <summary>Between bodies: a delivery is of another federation, or of another epoch of its sender.</summary>
    [Fails(Code.PermissionDenied)] PeerOriginWrong,

    /// <summary>Between bodies: the receiver does not know yet what the delivery speaks of. It is sent again until the receiver is upgraded.</summary>
    [Fails(Code.Unavailable)] PeerRulesTooOld,

    /// <summary>Between bodies: a delivery before this one has not arrived. The answer says where to begin.</summary>
    [Fails(Code.FailedPrecondition)] PeerSequenceGap,

    /// <summary>Between bodies: the receiver must hear from another body first, in whose place it stands. It is sent again until then.</summary>
    [Fails(Code.Unavailable)] PeerNotYet,

    /// <summary>Between bodies: the receiver was closed, and its journal is sealed.</summary>
    [Fails(Code.FailedPrecondition)] PeerSealed,

    /// <summary>Between bodies: the receipts for what was sent are not the receiver's own.</summary>
    [Fails(Code.Unauthenticated)] PeerReceiptsRefused,

    /// <summary>Between bodies: the answer holds no receipt for what was sent.</summary>
    [Fails(Code.Internal)] PeerReceiptsMissing,

    /// <summary>At the auditor: there are not as many dead letters as were to be settled. Look at those that came since, too.</summary>
    [Fails(Code.Aborted)] DeadLettersChanged,

    /// <summary>At the auditor: the way of a payment has more entries than one file holds.</summary>
    [Fails(Code.FailedPrecondition)] TraceTooLong,

    /// <summary>At the auditor: an entry on the way of a payment has not been verified yet. Try again.</summary>
    [Fails(Code.FailedPrecondition)] TraceNotWhole,

    /// <summary>Formulas are worked out one at a time, and enough are waiting. Try again.</summary>
    [Fails(Code.ResourceExhausted)] AllocationsBusy,

    /// <summary>The tables of a recorded run that are kept are not those that were recorded, or give something else.</summary>
    [Fails(Code.DataLoss)] AllocationInputsWrong,

    /// <summary>The tables of a recorded run stay, so that anyone can work it out again.</summary>
    [Fails(Code.FailedPrecondition)] DocumentKeptForEver,
}
