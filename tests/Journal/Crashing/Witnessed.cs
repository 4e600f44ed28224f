using System.Globalization;
using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// All that writers said of one store before they ended, held against what is stored: nothing that was acknowledged is lost, no
/// command is there twice or in part, and what each found when it opened the journals is how they began.
/// </summary>
internal sealed class Witnessed(StorePlace place, Plan plan) : IDisposable
{
    private readonly Dictionary<string, MerkleTree> trees = Commands.Bodies.ToDictionary(body => body, _ => new MerkleTree());
    private readonly Dictionary<(int Writer, int Number), long> places = [];
    private readonly List<(string Body, int Writer, int Number, long Index, int Parts, string Leaf)> acknowledged = [];
    private readonly List<(string Body, long Size, string Root)> opened = [];
    private readonly int[] next = new int[Commands.Writers];

    /// <summary>How many commands were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>How many of them had become durable before a crash, and were answered when they were sent again.</summary>
    public long AnsweredAgain { get; private set; }

    /// <summary>How often a process ended before it had opened all bodies, and after.</summary>
    public (int Opening, int Writing) Ends { get; private set; }

    /// <summary>How many entries were found stored.</summary>
    public long Entries => trees.Values.Sum(tree => tree.Size);

    /// <summary>How a writer goes on from here.</summary>
    public Plan Plan => plan with { Next = [.. next] };

    /// <summary>Takes in what one process said from its start to its end.</summary>
    public void Hear(IReadOnlyList<string> said)
    {
        var openings = 0;
        foreach (var words in said.Where(line => line.StartsWith(Plan.Store + ' ', StringComparison.Ordinal)).Select(line => line.Split(' ')))
            if (words[1] == "open")
            {
                opened.Add((words[2], long.Parse(words[3], CultureInfo.InvariantCulture), words[4]));
                openings++;
            }
            else if (words[1] == "ack")
            {
                var numbers = words[3..7].Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
                Assert.Equal(next[numbers[0]]++, numbers[1]);
                acknowledged.Add((words[2], numbers[0], numbers[1], numbers[2], numbers[3], words[7]));
                Acknowledged++;
                AnsweredAgain += words[8] == "again" ? 1 : 0;
            }
        Ends = openings == Commands.Bodies.Count ? (Ends.Opening, Ends.Writing + 1) : (Ends.Opening + 1, Ends.Writing);
    }

    /// <summary>Reads what is stored beyond what was read before, and compares.</summary>
    public async Task CheckAsync()
    {
        await using var store = place.Open();
        foreach (var (body, tree) in trees)
            await ReadAsync(store, body, tree);
        foreach (var (body, size, root) in opened)
            Assert.Equal(root, Convert.ToHexString(trees[body].Root(size)));
        foreach (var (body, writer, number, index, parts, leaf) in acknowledged)
        {
            Assert.Equal(index, places[(writer, number)]);
            Assert.Equal((Commands.Parts(number), leaf), (parts, Convert.ToHexString(trees[body].LeafHash(index))));
        }
        foreach (var (body, writer, number, index, _, _) in acknowledged.TakeLast(5))
            Assert.Equal(index, await store.FindCommandAsync(new JournalKey(body, 1), Commands.Id(writer, number), CancellationToken.None));
        for (var writer = 0; writer < next.Length; writer++)
            // One command after the other: at most the one that was under way is stored without having been acknowledged.
            Assert.InRange(places.Keys.Count(key => key.Writer == writer), next[writer], next[writer] + 1);
        acknowledged.Clear();
        opened.Clear();
    }

    public void Dispose() => place.Dispose();

    private async Task ReadAsync(IJournalStore store, string body, MerkleTree tree)
    {
        // Takes the journal from whoever might still have it in hand.
        var lease = await store.LeaseAsync(new JournalKey(body, 1), CancellationToken.None);
        var last = new Entry();
        while (tree.Size < lease.Size)
            foreach (var bytes in await store.ReadAsync(lease.Journal, tree.Size, 4_096, CancellationToken.None))
            {
                var entry = Entry.Parser.ParseFrom(bytes);
                Assert.Equal(tree.Size, (long)entry.Index);
                if (entry.Part > 1)
                    Assert.Equal((last.Part + 1, last.Parts, last.CommandId), (entry.Part, entry.Parts, entry.CommandId));
                else
                    Assert.Equal(last.Parts, last.Part);
                if (entry.Part <= 1 && entry.CommandId.Length > 0)
                    places.Add(Commands.Of(new Guid(entry.CommandId.Span, bigEndian: true)), tree.Size);
                tree.AppendEntry(bytes);
                last = entry;
            }
        Assert.Equal(last.Parts, last.Part);
        Assert.Equal((lease.Size, Convert.ToHexString(lease.Root)), (tree.Size, Convert.ToHexString(tree.Root(tree.Size))));
    }
}
