using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>
/// Takes commands in: keeps their words, makes their identity, has them decided, and turns a refusal into a status. Every
/// command of every service goes this way.
/// </summary>
public sealed class CommandDesk(BodyHost bodies, DocumentStore documents)
{
    private const int Turns = 64;
    private static readonly Dictionary<DocumentKind, byte[]> NoWords = [];
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>A body that is hosted here. Throws NOT_FOUND when it is not, UNAVAILABLE when its journal cannot be believed.</summary>
    public HostedBody Open(string body) =>
        bodies.Find(body)
        ?? throw (bodies.WhyBroken(body) is { } why ? Errors.Of(FailureReason.JournalCorrupt, why, [("body", body)])
            : Names.IsBody(body) ? Errors.Missing($"There is no body {body} here.", ("body", body))
            // Repeated nowhere: whatever was sent for an id may be a name, and what fails is logged.
            : Errors.Missing("There is no such body here."));

    /// <summary>Has a command decided. Answers with where it was recorded, or throws its refusal.</summary>
    public async Task<Outcome> SubmitAsync(HostedBody body, Caller caller, Draft draft, CancellationToken cancellation)
    {
        if (draft.Words.Count == 0)
            return Accepted(await DecideAsync(body, caller, draft, NoWords, cancellation));
        // One at a time for a command id, so that a refused attempt cannot take away the words of an accepted one.
        var turn = turns[draft.CommandId.GetHashCode() & (Turns - 1)];
        await turn.WaitAsync(cancellation);
        try
        {
            var fresh = draft.Words.Where(words => !documents.Has(body.Id, draft.CommandId, (int)words.Kind)).Select(words => (int)words.Kind).ToList();
            var digests = draft.Words.ToDictionary(words => words.Kind, words => documents.Keep(body.Id, draft.CommandId, (int)words.Kind, words.Text));
            // Not cancelled half-way: the words must be kept or discarded with the decision.
            var outcome = await DecideAsync(body, caller, draft, digests, CancellationToken.None);
            if (outcome.Refusal is { } refusal)
                Discard(body, draft.CommandId, refusal, fresh);
            return Accepted(outcome);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The same for commands without words, many at once: decided in their order, each with an outcome of its own.</summary>
    public static Task<Task<Outcome[]>> DecideAsync(HostedBody body, Caller caller, IReadOnlyList<Draft> drafts, CancellationToken cancellation) =>
        body.Sequencer.DecideAsync([.. drafts.Select(draft => Submission(caller, draft, NoWords))], cancellation);

    /// <summary>Leaves nothing of a refused command. Where another was accepted under its id, that one's words stay.</summary>
    private void Discard(HostedBody body, Guid command, Refusal refusal, IReadOnlyList<int> fresh)
    {
        var mayBeBound = refusal.Reason == Refusal.ReasonOf(CommandRefusal.IdReused) || refusal.Reason == Refusal.ReasonOf(CommandRefusal.IdTooFarAhead);
        if (!mayBeBound)
            documents.Discard(body.Id, command);
        else if (fresh.Count > 0)
            documents.Discard(body.Id, command, fresh);
    }

    private static async Task<Outcome> DecideAsync(
        HostedBody body, Caller caller, Draft draft, Dictionary<DocumentKind, byte[]> digests, CancellationToken cancellation) =>
        (await await body.Sequencer.DecideAsync([Submission(caller, draft, digests)], cancellation, alone: true))[0];

    private static Submission Submission(Caller caller, Draft draft, Dictionary<DocumentKind, byte[]> digests)
    {
        var command = draft.Command(kind => digests.TryGetValue(kind, out var digest) ? new DocumentDigest { Sha256 = ByteString.CopyFrom(digest) } : null);
        return new Submission(command, new CommandIdentity(draft.CommandId, RequestDigest.Of(caller, draft, digests), caller.Handle)) { Look = draft.Look };
    }

    private static Outcome Accepted(Outcome outcome) => outcome.Refusal is { } refusal ? throw Errors.From(refusal) : outcome;
}
