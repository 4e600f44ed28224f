using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body that records what no rule would have decided: its own journal says it, properly stored and signed.</summary>
internal sealed record Forged(IReadOnlyList<Fact> Facts) : ICommand
{
    public Decision Decide(Books books, Surroundings around) => Decision.Accept(Facts);

    /// <summary>Has a body of a federation record facts as one operation, and answers with the first entry.</summary>
    public static async Task<EntryId> AtAsync(TestFederation federation, string body, params IReadOnlyList<Fact> facts) =>
        (await Hosted(federation, body).Sequencer.SubmitAsync(new Forged(facts), null, CancellationToken.None)).First;

    /// <summary>What a body that believes it has heard from another refers to: the other's genesis, which exists and says nothing of the kind.</summary>
    public static async Task<DeliveryRef> HeardAsync(TestFederation federation, string from, ulong sequence) => new()
    {
        Entry = new EntryRef { Body = from, Epoch = 1 },
        Sequence = sequence,
        LeafHashes = { ByteString.CopyFrom(MerkleHash.Leaf((await Hosted(federation, from).Sequencer.ReadEntriesAsync(0, 1, CancellationToken.None))[0])) },
    };

    public static HostedBody Hosted(TestFederation federation, string body) =>
        federation.Instance(federation.Topology.Body(body).Instance).Services.GetRequiredService<BodyHost>().Find(body)!;

    /// <summary>Reads a body's books, as they are.</summary>
    public static Task<T> BooksAsync<T>(TestFederation federation, string body, Func<Books, T> read) =>
        Hosted(federation, body).Sequencer.ReadAsync(read, CancellationToken.None);
}
