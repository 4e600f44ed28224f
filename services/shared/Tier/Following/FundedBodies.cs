using FundingFlows.Contracts.Reports.V1;
using Microsoft.Extensions.Hosting;

namespace FundingFlows.Tiers;

/// <summary>Watches the journals of those that the hosted bodies fund: a funder sees where its money is without waiting for a report.</summary>
public sealed class FundedBodies(BodyHost bodies, FollowedJournals followed, WhoIsWho whoIsWho) : BackgroundService
{
    private readonly HashSet<string> watched = [];

    /// <summary>What is seen of each body that this one funds, in the order of their ids.</summary>
    /// <param name="fund">Only this fund. Empty: all together.</param>
    public async Task<IReadOnlyList<FundedBody>> SeenFromAsync(HostedBody body, string fund, CancellationToken cancellation)
    {
        var funded = await FundedByAsync(body, cancellation);
        return followed.ReadAll(journals => journals
            .Where(journal => funded.Contains(journal.Body))
            .OrderBy(journal => journal.Body, StringComparer.Ordinal)
            .Select(journal => View(journal, fund))
            .ToList());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var moved = new MovedBodies(bodies);
        while (!stoppingToken.IsCancellationRequested)
            foreach (var body in await moved.TakeAsync(stoppingToken))
                foreach (var recipient in await TryFundedByAsync(body, stoppingToken))
                    if (watched.Add(recipient))
                        followed.Follow(recipient, whoIsWho);
    }

    private static async Task<IReadOnlyCollection<string>> TryFundedByAsync(HostedBody body, CancellationToken cancellation)
    {
        try
        {
            return await FundedByAsync(body, cancellation);
        }
        catch (JournalUnavailableException)
        {
            return [];
        }
    }

    private static Task<HashSet<string>> FundedByAsync(HostedBody body, CancellationToken cancellation) => body.Sequencer.ReadAsync(
        books => books.Agreements.All
            .Where(agreement => agreement.Funder == body.Id && agreement.WasInForce)
            .Select(agreement => agreement.Recipient).ToHashSet(),
        cancellation);

    private static FundedBody View(FollowedJournal journal, string fund)
    {
        var view = new FundedBody { Body = journal.Body, Totals = new FundTotals() };
        if (journal.Replica is not { } replica)
            return view;
        view.JournalSize = (ulong)replica.Books.Size;
        view.Quarantined = replica.Quarantined ?? "";
        view.Totals = fund.Length == 0 ? Figures.Own(replica.Books) : Figures.Own(replica.Books, fund);
        return view;
    }
}
