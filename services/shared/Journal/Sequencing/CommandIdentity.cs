namespace FundingFlows.Journal;

/// <summary>Who sent a command, and how it is known again.</summary>
/// <param name="Id">A UUIDv7 that the caller chose. Once accepted it is bound for ever.</param>
/// <param name="Digest">SHA-256 of the normalised command and its actor: 32 bytes.</param>
/// <param name="Actor">Opaque handle of the person, from their token.</param>
public sealed record CommandIdentity(Guid Id, byte[] Digest, string Actor)
{
    private const int Version = 7;

    public static bool IsVersion7(Guid id) => id.Version == Version && (id.Variant & 0xC) == 0x8;

    /// <summary>When a UUIDv7 says that it was made: milliseconds since 1970 (RFC 9562, section 5.7).</summary>
    public static long TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long time = 0;
        foreach (var part in bytes[..6])
            time = (time << 8) | part;
        return time;
    }
}

/// <summary>Why any command may be refused, in the order in which this is checked: its id before its own rules are looked at, its length behind them.</summary>
public enum CommandRefusal
{
    /// <summary>The id's time lies more than five minutes ahead, so it could hide from the index of ids.</summary>
    [Refuses(RefusalClass.Malformed)] IdTooFarAhead = 1,

    /// <summary>The id was accepted before, for another command or another person.</summary>
    [Refuses(RefusalClass.AlreadyUsed)] IdReused,

    /// <summary>What it would record, or a part of it, takes more bytes than an entry may have (65,535).</summary>
    [Refuses(RefusalClass.Malformed)] EntryTooLong,
}
