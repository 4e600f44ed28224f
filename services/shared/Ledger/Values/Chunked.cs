using System.Numerics;
using System.Runtime.CompilerServices;

namespace FundingFlows.Ledger;

/// <summary>
/// Values in a row that only grows, with no object for each. They stand in chunks of at most 80 KiB, so that growing copies
/// nothing; only the first chunk begins small, because most bodies are.
/// </summary>
internal sealed class Chunked<T>
    where T : struct
{
    private const int MostBytes = 81_920;
    private const int Least = 4;
    private static readonly int Shift = BitOperations.Log2((uint)(MostBytes / Unsafe.SizeOf<T>()));
    private readonly List<T[]> chunks = [];

    public int Count { get; private set; }

    /// <summary>The value at a place from 0 to <see cref="Count"/>, without: to be read, or changed where it is.</summary>
    public ref T this[int place] => ref chunks[place >> Shift][place & ((1 << Shift) - 1)];

    public void Add(T value)
    {
        var (chunk, place) = (Count >> Shift, Count & ((1 << Shift) - 1));
        if (chunk == chunks.Count)
            chunks.Add(new T[chunk == 0 ? Least : 1 << Shift]);
        else if (place == chunks[chunk].Length)
        {
            var larger = new T[place * 2];
            chunks[chunk].CopyTo(larger, 0);
            chunks[chunk] = larger;
        }
        chunks[chunk][place] = value;
        Count++;
    }
}
