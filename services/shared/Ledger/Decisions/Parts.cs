using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>
/// Cuts a long list of pieces into consecutive facts. A fact holds at most <see cref="MostPieces"/> pieces and its entry at
/// most 65,535 bytes. A command that draws an amount (a payment, transfer, reservation, liability or surrender) makes at most
/// <see cref="MostParts"/> facts, and is refused when it would take more: a smaller amount can be drawn. What concerns all
/// lots of a year, of a hold or of a refund, and follows merges with it, cannot be made smaller: it takes as many facts as it
/// needs, and so do answers to another body.
/// </summary>
public static class Parts
{
    public const int MostPieces = 256;
    public const int MostParts = 16;

    /// <summary>The most bytes of pieces in one fact. The rest of 65,535 is room for all else that an entry holds.</summary>
    public const int MostBytes = 60_000;

    /// <summary>The most bytes of a fact. The rest of 65,535 is room for what an entry holds beside it.</summary>
    public const int MostFactBytes = 65_000;

    /// <summary>The pieces in their order, cut into as few parts as fit.</summary>
    /// <param name="pieces">What is cut.</param>
    /// <param name="besideTheFirst">Bytes that the first part has to carry beside its pieces.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Cut<T>(IEnumerable<T> pieces, int besideTheFirst = 0)
        where T : IMessage
    {
        var parts = new List<IReadOnlyList<T>>();
        var part = new List<T>();
        var bytes = besideTheFirst;
        foreach (var piece in pieces)
        {
            var size = piece.CalculateSize() + MostBytesOfATag;
            if (part.Count == MostPieces || (part.Count > 0 && bytes + size > MostBytes))
            {
                parts.Add(part);
                part = [];
                bytes = 0;
            }
            part.Add(piece);
            bytes += size;
        }
        parts.Add(part);
        return parts;
    }

    /// <summary>What stands before each message in a list: its field and its length.</summary>
    internal const int MostBytesOfATag = 6;
}
