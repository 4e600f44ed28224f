using FundingFlows.Journal;
using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>A body's journal as anyone can read it, entry by entry.</summary>
internal sealed class JournalCopy(string body)
{
    private readonly List<(Entry Entry, ByteString Leaf)> entries = [];

    public string Body => body;

    public IReadOnlyList<(Entry Entry, ByteString Leaf)> Entries => entries;

    /// <summary>Takes in the next entry, as it is stored.</summary>
    public void Add(ReadOnlySpan<byte> encoded) => entries.Add((Entry.Parser.ParseFrom(encoded), ByteString.CopyFrom(MerkleHash.Leaf(encoded))));

    /// <summary>Reads on, through the gateway, until it holds all that the body shows.</summary>
    public async Task ReadOnAsync(Office office, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await office.ReadAsync(
                body, options => office.Journals.ReadJournalAsync(new ReadJournalRequest { Body = body, FromIndex = (ulong)entries.Count, PageSize = 1_000 }, options), cancellation);
            foreach (var entry in answer.Page.Entries)
                Add(entry.Span);
            if (answer.Page.Entries.Count == 0 || (ulong)entries.Count >= answer.Size)
                return;
        }
    }
}
