namespace FundingFlows.Audit;

/// <summary>Follows the journal of every body that has an address, and hands out views of all of them together.</summary>
public sealed class Auditor : IHostedService
{
    private readonly FollowedJournals followed;
    private readonly AddressBook addresses;
    private readonly WhoIsWho whoIsWho;

    public Auditor(FollowedJournals followed, AddressBook addresses, WhoIsWho whoIsWho, Forest forest, Quotes quotes, ReportChecks reports, AgencyChecks agencies, YearEndChecks yearEnds, StandingChecks standing, AllocationChecks allocations, ReleaseChecks releases, PayeeChecks payees, Vouching vouching)
    {
        this.followed = followed;
        this.addresses = addresses;
        this.whoIsWho = whoIsWho;
        followed.Applying += (replica, entry) =>
        {
            reports.Look(replica, entry.Entry);
            agencies.Look(replica, entry.Entry);
            yearEnds.Look(replica, entry.Entry);
            standing.Look(replica, entry.Entry);
            allocations.Look(replica, entry.Entry);
            releases.Look(replica, entry.Entry);
        };
        followed.Applied += (replica, entry) =>
        {
            quotes.Look(replica, entry.Entry);
            forest.Look(replica, entry.Entry);
            vouching.Look(replica, entry.Entry);
            yearEnds.LookAgain(replica, entry.Entry);
            allocations.LookAgain(replica, entry.Entry);
            payees.Look(entry.Entry);
        };
        followed.BeginningAgain += () =>
        {
            reports.Clear();
            agencies.Clear();
            yearEnds.Clear();
            standing.Clear();
            allocations.Clear();
            releases.Clear();
            quotes.Clear();
            forest.Clear();
            vouching.Clear();
            payees.Clear();
        };
    }

    /// <summary>Reads all journals together.</summary>
    public T Read<T>(Func<AuditView, T> read) => followed.ReadAll(journals => read(new AuditView(journals)));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var body in addresses.Bodies)
            followed.Follow(body, whoIsWho);
        followed.FollowsAll = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
