namespace FundingFlows.Ledger;

/// <summary>
/// Lots in words of 64 bits: the index of the entry and the ordinal, without the journal. Numbers that no journal reaches, which
/// another body may have written, stand beside.
/// </summary>
internal sealed class PackedLots
{
    private const int OrdinalBits = 16;
    private const ulong MostOrdinal = (1UL << OrdinalBits) - 1;
    private const ulong MostIndex = (1UL << 47) - 1;
    private const ulong IsBeside = 1UL << 63;
    private readonly Chunked<(long Index, int Ordinal)> beside = new();

    /// <summary>False when the numbers do not fit in a word.</summary>
    public static bool TryPack(LotId lot, out ulong packed)
    {
        packed = unchecked(((ulong)lot.Entry.Index << OrdinalBits) | (uint)lot.Ordinal);
        return unchecked((ulong)lot.Entry.Index) <= MostIndex && unchecked((uint)lot.Ordinal) <= MostOrdinal;
    }

    /// <summary>The lot of a journal that was packed so.</summary>
    public LotId Unpack(JournalName journal, ulong packed)
    {
        var (index, ordinal) = packed < IsBeside ? ((long)(packed >> OrdinalBits), (int)(packed & MostOrdinal)) : beside[(int)(packed - IsBeside)];
        return new LotId(journal[index], ordinal);
    }

    /// <summary>0 for none.</summary>
    public ulong Pack(LotRef? lot)
    {
        if (lot is null)
            return 0;
        var id = LotId.From(lot);
        if (TryPack(id, out var packed))
            return packed;
        beside.Add((id.Entry.Index, id.Ordinal));
        return IsBeside + (ulong)(beside.Count - 1);
    }
}
