using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Words that a command brings, which go to the document store.</summary>
public readonly record struct Words(DocumentKind Kind, string Text);

/// <summary>A request that was read without a fault, ready to be decided.</summary>
/// <param name="CommandId">The id that the caller chose.</param>
/// <param name="Normalised">The request in one form whatever its spelling, without its words: what makes a repeat recognisable.</param>
/// <param name="Words">Its words, each of another kind. Empty ones are left out.</param>
/// <param name="Command">Makes the command, given the digests of the words that were kept.</param>
public sealed record Draft(
    Guid CommandId, IMessage Normalised, IReadOnlyList<Words> Words,
    Func<Func<DocumentKind, DocumentDigest?>, ICommand> Command)
{
    /// <summary>Told of its entry and the books when it is recorded, as <see cref="Submission.Look"/> says.</summary>
    public Action<Books, EntryId>? Look { get; init; }

    /// <summary>A request without words.</summary>
    public static Draft Of(Guid commandId, IMessage normalised, ICommand command) => new(commandId, normalised, [], _ => command);
}
