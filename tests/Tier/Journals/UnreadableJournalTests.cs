using System.Net;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Journal;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whoever reads a journal that its store does not give, or gives otherwise, is told why, at each edge.</summary>
public sealed class UnreadableJournalTests : IAsyncLifetime
{
    private static readonly string Entries = $"/journals/{Central}/1/tile/entries/000.p/1";
    private readonly FaultyStore store = new();
    private readonly FaultyStore copies = new();
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options =>
        {
            options.WithAudit = true;
            options.Configure = (instance, services) =>
            {
                if (instance == CentralInstance)
                    store.Join(services);
                else if (instance == AuditInstance)
                    copies.Join(services);
            };
        });
        await federation.Officers.OpenFundAsync();
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    [Fact]
    public async Task Store_ThatDoesNotAnswer_IsAProblemToBeTriedAgain()
    {
        store.Reading = (_, _) => throw new StoreException(StoreFault.Failed, "Host=secret cannot be reached.");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json", "1", "The store of this body does not answer."), await AskedAsync(Entries));
        var refused = await Failure.OfAsync(() => Journal.ReadJournalAsync(new ReadJournalRequest { Body = Central }).ResponseAsync);
        Assert.Equal((StatusCode.Unavailable, "STORE_FAILED"), (refused.Code, refused.Reason));

        store.Reading = null;
        using var client = new HttpClient { BaseAddress = federation.HttpOf(CentralInstance) };
        Assert.NotEmpty(await client.GetByteArrayAsync(Entries));
    }

    [Fact]
    public async Task Journal_ThatWasAltered_IsAProblemWithWhatIsWrong()
    {
        store.Reading = (journal, from) => throw JournalCorruptException.AsStored(journal, $"entry {from} was altered");
        var why = $"The journal of {Central}, epoch 1, cannot be believed as it is stored: entry 0 was altered.";

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json", "", why), await AskedAsync(Entries));

        var refused = await Failure.OfAsync(() => Journal.ReadJournalAsync(new ReadJournalRequest { Body = Central }).ResponseAsync);
        Assert.Equal((StatusCode.Unavailable, "JOURNAL_STOPPED", why), (refused.Code, refused.Reason, refused.Sentence));
    }

    [Fact]
    public async Task CopyOfAnAuditor_ThatWasAltered_IsToldWithAReason()
    {
        await Wait.UntilAsync(async () => (await federation.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = Central })).Page.Entries.Count, kept => kept > 0, "what is kept");
        copies.Reading = (journal, from) => throw JournalCorruptException.AsStored(journal, $"entry {from} was altered");

        var refused = await Failure.OfAsync(() => federation.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = Central }).ResponseAsync);

        Assert.Equal((StatusCode.Unavailable, "JOURNAL_CORRUPT"), (refused.Code, refused.Reason));
    }

    private JournalService.JournalServiceClient Journal => new(federation.ToBody(Central));

    private async Task<(HttpStatusCode, string?, string, string)> AskedAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = federation.HttpOf(CentralInstance) };
        using var reply = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType, $"{reply.Headers.RetryAfter}", (string)problem["detail"]!);
    }
}
