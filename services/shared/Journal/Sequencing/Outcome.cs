using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Journal;

/// <summary>A command, and who gave it.</summary>
/// <param name="Identity">Null when the body acts by itself.</param>
public readonly record struct Submission(ICommand Command, CommandIdentity? Identity)
{
    /// <summary>
    /// Told at once when it is recorded, with the books that show it, before that is durable: to read what the answer will say. Not
    /// told of what was recorded before.
    /// </summary>
    public Action<Books, EntryId>? Look { get; init; }
}

/// <summary>What became of a command: where it was recorded, or why it was refused.</summary>
/// <param name="Refusal">Null: it was recorded.</param>
/// <param name="First">The first entry.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="LeafHash">RFC 6962 leaf hash of the first: 32 bytes.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="WasRepeated">It had been recorded before; nothing happened now.</param>
public sealed record Outcome(Refusal? Refusal, EntryId First, int Entries, byte[] LeafHash, Timestamp? RecordedAt, bool WasRepeated)
{
    public static Outcome Refused(Refusal refusal) => new(refusal, default, 0, [], null, false);
}

/// <summary>Why a body does not take commands just now.</summary>
public enum Unavailability
{
    /// <summary>Too much is waiting to be made durable.</summary>
    Busy,

    /// <summary>The disk is full. Reads are served; it goes on by itself once there is room.</summary>
    Full,

    /// <summary>An append failed: the body is reading its journal afresh.</summary>
    Replaying,

    /// <summary>It only reads: whether its journal is the newest that there is was not told yet, or it is not.</summary>
    ReadOnly,

    /// <summary>Another writer holds the lease, or the store cannot be trusted: this one stays stopped.</summary>
    Stopped,
}

/// <summary>A body does not take commands just now; nothing has changed. Trying again may help, unless it is stopped.</summary>
public sealed class JournalUnavailableException(Unavailability why, string message, Exception? inner = null) : Exception(message, inner)
{
    public Unavailability Why { get; } = why;
}
