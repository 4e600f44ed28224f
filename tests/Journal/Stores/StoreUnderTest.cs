using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A store in a place of its own, and short words for what is asked of it.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    public static readonly JournalKey Council = new("E06000047", 1);
    public static readonly JournalKey Forum = new("NF-durham", 1);

    private readonly StorePlace place;

    public StoreUnderTest(StoreKind kind) : this(StorePlace.Of(kind)) { }

    public StoreUnderTest(StorePlace place)
    {
        this.place = place;
        Store = place.Open();
    }

    public IJournalStore Store { get; private set; }

    /// <summary>What the place consists of: files or tables.</summary>
    public IReadOnlyList<string> Files() => place.Files();

    /// <summary>The same journals, as another process sees them.</summary>
    public IJournalStore OpenAnother() => place.Open();

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = place.Open();
    }

    public async Task<JournalLease> LeaseAsync(JournalKey journal) => await Store.LeaseAsync(journal, CancellationToken.None);

    /// <summary>Appends, and answers with the journals that dropped out.</summary>
    public async Task<IEnumerable<JournalKey>> AppendAsync(params JournalAppend[] batch) => (await DroppedAsync(batch)).Keys;

    /// <summary>The same, and why.</summary>
    public async Task<IReadOnlyDictionary<JournalKey, DroppedOut>> DroppedAsync(params JournalAppend[] batch) => await Store.AppendAsync(batch, CancellationToken.None);

    /// <summary>What is stored, from the beginning: all pages.</summary>
    public async Task<List<string>> WordsAsync(JournalKey journal)
    {
        var words = new List<string>();
        while (await Store.ReadAsync(journal, words.Count, 1_000, CancellationToken.None) is { Count: > 0 } page)
            words.AddRange(page.Select(Encoding.UTF8.GetString));
        return words;
    }

    public static JournalAppend Append(JournalLease lease, long at, params string[] words) =>
        new(lease, at, [.. words.Select(word => Entry(word))], Root(words));

    public static StoredEntry Entry(string words, Guid? command = null) => new(Encoding.UTF8.GetBytes(words), command);

    /// <summary>Some root: the store keeps it and does not look at it.</summary>
    public static byte[] Root(params string[] words) => MerkleHash.Leaf(Encoding.UTF8.GetBytes(string.Concat(words)));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        place.Dispose();
    }
}
