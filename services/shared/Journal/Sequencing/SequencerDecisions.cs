using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Journal;

/// <summary>How it decides commands.</summary>
public sealed partial class Sequencer
{
    /// <summary>The entries of a command between being encoded and applied: one list for all commands.</summary>
    private readonly List<Entry> encoded = [];

    /// <summary>
    /// Decides a command. The answer is durable. The same command again gets the same answer; one that was refused may be
    /// sent again. Throws <see cref="JournalUnavailableException"/> when the body does not take commands just now: then
    /// nothing has changed. Cancelling stops the waiting, not the command.
    /// </summary>
    /// <param name="identity">Null when the body acts by itself.</param>
    public async Task<Outcome> SubmitAsync(ICommand command, CommandIdentity? identity, CancellationToken cancellation) =>
        (await await DecideAsync([new Submission(command, identity)], cancellation))[0];

    /// <summary>
    /// Decides commands in their order, and answers once that is done. What it answers with ends when all are durable, and holds
    /// an outcome for each: one that is refused stops no other. Throws, also in what it answers with, as for a single command.
    /// </summary>
    /// <param name="alone">Whether nothing else is to be decided on this thread before the answer: then it may commit itself.</param>
    public async Task<Task<Outcome[]>> DecideAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellation, bool alone = false)
    {
        var answers = new Answer[submissions.Count];
        for (var looked = false; ; looked = true)
        {
            Task? durable = null;
            try
            {
                lock (gate)
                {
                    if ((closed ?? ended ?? held) is { } unavailable)
                        throw unavailable;
                    if (looked || !MayAnyBeOlder(submissions))
                    {
                        DecideAll(submissions, answers, alone);
                        durable = lastAppend;
                    }
                }
            }
            finally
            {
                if (alone)
                    settings.Committer.CommitHere();
            }
            if (durable is not null)
                return AnswerAsync(submissions, answers, durable, cancellation);
            for (var i = 0; i < answers.Length; i++)
                if (submissions[i].Identity is { } identity && IsOlder(identity.Id))
                    answers[i].Before = await settings.Store.FindCommandAsync(Key, identity.Id, cancellation);
        }
    }

    private bool IsOlder(Guid id)
    {
        lock (gate)
            return journal.Commands.MayBeOlder(id);
    }

    private bool MayAnyBeOlder(IReadOnlyList<Submission> submissions)
    {
        for (var i = 0; i < submissions.Count; i++)
            if (submissions[i].Identity is { } identity && journal.Commands.MayBeOlder(identity.Id))
                return true;
        return false;
    }

    private void DecideAll(IReadOnlyList<Submission> submissions, Answer[] answers, bool alone)
    {
        var now = settings.Time.GetUtcNow();
        var commands = 0;
        for (var i = 0; i < answers.Length; i++)
            if (!IsAnswered(submissions[i].Identity, now, ref answers[i]))
                commands++;
        if (commands == 0)
            return;
        settings.Committer.Reserve(commands);
        var first = journal.Books.Size;
        var stored = new List<StoredEntry>(commands);
        var recordedAt = Timestamp.FromDateTimeOffset(now);
        try
        {
            // What a journal that was cut off left to do comes before anything else, which could spend the money or cover it up.
            FollowUp(recordedAt, stored);
            for (var i = 0; i < answers.Length; i++)
                // Once more: an id may come twice among them.
                if (answers.Length == 1 || !IsAnswered(submissions[i].Identity, now, ref answers[i]))
                    answers[i] = Decide(submissions[i], recordedAt, stored);
        }
        finally
        {
            // Also when the rules fail on one of them: those before it were decided, and stay so.
            HandIn(first, stored, commands, alone);
        }
    }

    /// <summary>Whether the answer to a command is known without deciding it: its id may not be used yet, or was used before.</summary>
    private bool IsAnswered(CommandIdentity? identity, DateTimeOffset now, ref Answer answer)
    {
        if (answer.Outcome is not null || answer.Before is not null)
            return true;
        if (identity is null)
            return false;
        if (CommandIdentity.TimeOf(identity.Id) > now.Add(MostAhead).ToUnixTimeMilliseconds())
            answer.Outcome = Outcome.Refused(Refusal.Of(CommandRefusal.IdTooFarAhead, "The command id says that it was made more than five minutes from now."));
        else
            answer.Before = journal.Commands.Find(identity.Id);
        return answer.Outcome is not null || answer.Before is not null;
    }

    /// <summary>Decides and applies.</summary>
    private Answer Decide(Submission submission, Timestamp now, List<StoredEntry> stored)
    {
        var identity = submission.Identity;
        var around = new Surroundings(journal.Books.Next, root, settings.IsBody, settings.IsBodysOrganisation, identity?.Actor ?? "");
        var decision = Deciding.Of(submission.Command, journal.Books, around);
        if (decision.Refusal is { } refusal)
            return new Answer { Outcome = Outcome.Refused(refusal) };
        if (decision.Before is { } recorded)
            return new Answer { Before = recorded.First.Index };
        var outcome = Append(decision.Facts, identity, now, stored);
        if (outcome.Refusal is null)
        {
            submission.Look?.Invoke(journal.Books, outcome.First);
            FollowUp(now, stored);
        }
        return new Answer { Outcome = outcome };
    }

    /// <summary>What the body does by itself because of what it has recorded: decided at once, and made durable in the same append.</summary>
    private void FollowUp(Timestamp now, List<StoredEntry> stored)
    {
        while (journal.Books.Standing.HasWork && PassingOn.Next(journal.Books, new Surroundings(journal.Books.Next, root, settings.IsBody, settings.IsBodysOrganisation)) is { } facts)
            if (Append(facts, null, now, stored).Refusal is { } refusal)
                Append([PassingOn.Stopped(facts, refusal.Reason)], null, now, stored);
    }

    /// <summary>Encodes all that was decided before any of it is applied, so that what no entry can hold changes nothing.</summary>
    private Outcome Append(IReadOnlyList<Fact> facts, CommandIdentity? identity, Timestamp now, List<StoredEntry> stored)
    {
        var (first, before) = (journal.Books.Next, stored.Count);
        Span<byte> hash = stackalloc byte[MerkleHash.Length];
        try
        {
            for (var i = 0; i < facts.Count; i++)
            {
                var entry = EntryOf(facts, i, identity, now);
                var length = entry.CalculateSize();
                if (length > MostEntryBytes)
                {
                    stored.RemoveRange(before, i);
                    return Outcome.Refused(TooLong(length));
                }
                var bytes = new byte[length];
                entry.WriteTo(bytes.AsSpan());
                encoded.Add(entry);
                stored.Add(new StoredEntry(bytes, i == 0 ? identity?.Id : null));
            }
            for (var i = 0; i < facts.Count; i++)
            {
                MerkleHash.Leaf(stored[before + i].Bytes.Span, hash);
                journal.Append(encoded[i], hash);
            }
        }
        catch
        {
            // A bug in the rules: what was applied is dropped, and nothing of it reaches the store.
            Abandon();
            throw;
        }
        finally
        {
            encoded.Clear();
        }
        return new Outcome(null, first, facts.Count, journal.Tree.LeafHash(first.Index), now, false);
    }

    private static Refusal TooLong(int length) => Refusal.Of(
        CommandRefusal.EntryTooLong,
        FormattableString.Invariant($"What this would record takes {length:N0} bytes, and an entry of a journal holds {MostEntryBytes:N0} at most: say it in fewer words, or in several commands."),
        ("bytes", FormattableString.Invariant($"{length}")), ("most_bytes", FormattableString.Invariant($"{MostEntryBytes}")));

    /// <summary>Hands what was decided to the committer, or gives back the room that was made for it.</summary>
    /// <param name="here">Whether the caller has it committed on this thread, as soon as it holds no lock.</param>
    private void HandIn(long first, List<StoredEntry> stored, int commands, bool here = false)
    {
        if (stored.Count == 0 || closed is not null)
        {
            settings.Committer.Release(commands);
            return;
        }
        try
        {
            var pending = new PendingAppend(this, generation, lease, first, stored, commands)
            {
                // Of many at once it is computed here, so that the committer need not wait for the next many to be decided.
                Root = commands > 1 ? journal.Tree.Root(journal.Tree.Size) : null,
            };
            settings.Committer.Enqueue(pending, here);
            lastAppend = pending.Done.Task;
        }
        catch
        {
            // The process is stopping.
            settings.Committer.Release(commands);
            Abandon();
            throw;
        }
    }

    /// <summary>What becomes of commands once what was decided of them is durable.</summary>
    private async Task<Outcome[]> AnswerAsync(IReadOnlyList<Submission> submissions, Answer[] answers, Task durable, CancellationToken cancellation)
    {
        if (!durable.IsCompletedSuccessfully)
            await durable.Until(cancellation);
        var outcomes = new Outcome[answers.Length];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = answers[i].Outcome ?? await RecallAsync(answers[i].Before!.Value, submissions[i].Identity, cancellation);
        return outcomes;
    }

    private Entry EntryOf(IReadOnlyList<Fact> facts, int i, CommandIdentity? identity, Timestamp now) => new()
    {
        Index = (ulong)(journal.Books.Size + i),
        RecordedAt = now,
        CommandId = identity is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(identity.Id.ToByteArray(bigEndian: true)),
        CommandDigest = identity is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(identity.Digest),
        Actor = identity?.Actor ?? "",
        Part = facts.Count == 1 ? 0 : (uint)i + 1,
        Parts = facts.Count == 1 ? 0 : (uint)facts.Count,
        Fact = facts[i],
    };

    /// <summary>The original answer to what is recorded at an index, or a refusal when it was another command.</summary>
    private async Task<Outcome> RecallAsync(long index, CommandIdentity? identity, CancellationToken cancellation)
    {
        JournalKey key;
        EntryId recorded;
        lock (gate)
            (key, recorded) = (lease.Journal, journal.Books.Next with { Epoch = journal.Books.Epochs.At(index), Index = index });
        var bytes = (await ReadStoredAsync(key, index, 1, cancellation))[0];
        var entry = Entry.Parser.ParseFrom(bytes);
        if (identity is not null && !entry.CommandDigest.Span.SequenceEqual(identity.Digest))
            return Outcome.Refused(Refusal.Of(
                CommandRefusal.IdReused, "This command id was accepted before for another command or another person. Use a new id for a new command.",
                ("entry", $"{recorded}")));
        return new Outcome(
            null, recorded, Math.Max(1, (int)entry.Parts), MerkleHash.Leaf(bytes), entry.RecordedAt, true);
    }

    /// <summary>What is known of a command before it is durable: its outcome, or the entry at which it was recorded before.</summary>
    private struct Answer
    {
        public Outcome? Outcome;
        public long? Before;
    }
}
