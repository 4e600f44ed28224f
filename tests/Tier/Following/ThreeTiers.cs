namespace FundingFlows.Tiers.Tests;

/// <summary>Journals made by hand of the root, a council that it is to register and a forum that the council is to register, and who serves them.</summary>
public abstract class ThreeTiers : IAsyncLifetime
{
    private protected MadeJournal Root { get; } = new("mhclg", Tier.CentralGovernment);

    private protected MadeJournal Council { get; } = new("durham", Tier.Council, "mhclg");

    private protected MadeJournal Forum { get; } = new("easington", Tier.NeighbourhoodForum, "durham");

    private protected MadeHost Host { get; private set; } = null!;

    private protected MadeJournal[] All => [Root, Council, Forum];

    public async ValueTask InitializeAsync() => Host = await MadeHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
        Array.ForEach(All, journal => journal.Dispose());
    }

    /// <summary>Has each registered by the one above it.</summary>
    private protected void Register()
    {
        Root.Say(new Fact { BodyRegistered = Council.Registration });
        Council.Say(new Fact { BodyRegistered = Forum.Registration });
    }

    private protected void Show() => Array.ForEach(All, journal => Host.Show(journal));
}
